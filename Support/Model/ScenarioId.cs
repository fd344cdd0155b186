using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Specs.Support.Model;

/// <summary>
/// Which scenario: the title of its feature, its own and, of an outline, the row of its examples. Features share titles
/// of scenarios and rows share that of their outline, so each of the three is needed to tell scenarios apart.
/// </summary>
/// <param name="Feature">The title of its feature.</param>
/// <param name="Name">Its own title as the feature has it, with the placeholders of an outline.</param>
/// <param name="Row">The row of an outline by the names of its columns; null or empty where it is no outline.</param>
public sealed partial record ScenarioId(string Feature, string Name, IReadOnlyDictionary<string, string>? Row = null)
{
    // The column of an outline whose text names the row.
    private const string CaseColumn = "case";
    private const int LongestName = 100;

    // xunit shows so many characters of a value in the name of a test.
    private const int LongestShown = 50;

    /// <summary>The row of an outline by the names of its columns; empty where it is no outline.</summary>
    public IReadOnlyDictionary<string, string> Row { get; } = Row ?? new Dictionary<string, string>();

    /// <summary>What people read below the feature's title: "scenario – case" for the row of an outline.</summary>
    [JsonIgnore]
    public string Title =>
        Row.Count == 0 ? Name
        : Row.TryGetValue(CaseColumn, out var named) ? $"{Name} – {named}"
        : $"{Name} ({string.Join(", ", Row.Values)})";

    /// <summary>
    /// The words for --filter that select this scenario, and of an outline the row where it has a case.
    /// </summary>
    [JsonIgnore]
    public string Words
    {
        get
        {
            var named = Row.GetValueOrDefault(CaseColumn, "");
            return string.Join(' ', WordsOf($"{Feature} {Name} {named[..Math.Min(named.Length, LongestShown)]}"));
        }
    }

    /// <summary>A folder of its own: one for the feature and one in it for the scenario.</summary>
    [JsonIgnore]
    public string Folder => Path.Combine(NameOf(Feature), NameOf(Title));

    /// <summary>The filter of `dotnet test` that selects the tests in whose names all words are.</summary>
    /// <remarks>
    /// The full name of a test is made of the titles' words run together; a row stands in its display name.
    /// </remarks>
    /// <param name="words">Words of a feature's title, of a scenario's and of a row.</param>
    public static string FilterOf(string words) =>
        string.Join(
            '&',
            WordsOf(words)
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Select(w => $"(FullyQualifiedName~{w}|DisplayName~{w})")
        );

    /// <summary>Whether it is the same scenario and, of an outline, the same row.</summary>
    public bool Equals(ScenarioId? other) => other is not null && Feature == other.Feature && Name == other.Name
        && Row.Count == other.Row.Count && Row.All(cell => other.Row.GetValueOrDefault(cell.Key) == cell.Value);

    /// <summary>Equal for equal scenarios.</summary>
    public override int GetHashCode() => HashCode.Combine(Feature, Name, Row.Count);

    /// <summary>Feature and title.</summary>
    public override string ToString() => $"{Feature} › {Title}";

    private static IEnumerable<string> WordsOf(string title) => Word().Matches(title).Select(m => m.Value);

    // No file system takes names of any length, and two long titles may begin alike.
    private static string NameOf(string title)
    {
        var safe = string.Concat(title.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
        return safe.Length <= LongestName ? safe : $"{safe[..LongestName]}-{HashOf(title)}";
    }

    private static string HashOf(string title) => Convert.ToHexStringLower(
        System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(title)))[..8];

    [GeneratedRegex("[A-Za-z0-9]+")]
    private static partial Regex Word();
}
