using System.Text.RegularExpressions;
using Specs.Support.Configuration;
using Specs.Support.Model;

namespace Specs.Support.Engines;

/// <summary>A deliberately broken reference engine, and the scenario that must catch it.</summary>
/// <param name="Name">The name of its file.</param>
/// <param name="Broken">What is broken, as a sentence.</param>
/// <param name="Seen">Where such a bug was seen.</param>
/// <param name="Feature">The title of the feature that must catch it.</param>
/// <param name="Scenario">The title of the scenario there.</param>
/// <param name="Contract">The contract that it breaks.</param>
/// <param name="Sql">What breaks the engine.</param>
public sealed partial record SeededFault(
    string Name,
    string Broken,
    string Seen,
    string Feature,
    string Scenario,
    Contract Contract,
    string Sql
)
{
    private const string Folder = Resources.SeededFaultFolder;
    private const string Tools = "_tools";

    /// <summary>The names of all, in their order.</summary>
    public static IReadOnlyList<string> Names { get; } =
        Resources.SeededFaults;

    /// <summary>The fault of that name.</summary>
    /// <exception cref="InvalidDataException">There is none, or its file lacks a line of its header.</exception>
    public static SeededFault Named(string name)
    {
        var sql = Resources.Text(Folder + name);
        var catcher = Header(name, sql, "Caught by").Split(" › ");
        return catcher.Length == 2
            ? new(name, Header(name, sql, "Broken"), Header(name, sql, "Seen"), catcher[0], catcher[1],
                Contract.Named(Header(name, sql, "Contract")), Resources.Text(Folder + Tools) + sql)
            : throw new InvalidDataException($"The fault {name} says who catches it as 'feature › scenario'.");
    }

    private static string Header(string name, string sql, string line) =>
        HeaderLine().Matches(sql).FirstOrDefault(m => m.Groups[1].Value == line)?.Groups[2].Value
            ?? throw new InvalidDataException($"The fault {name} has no line '-- {line}: …'.");

    [GeneratedRegex(@"^-- ([A-Z][a-z ]+): +(.*)$", RegexOptions.Multiline)]
    private static partial Regex HeaderLine();
}
