using System.Text.RegularExpressions;

namespace Specs.Support.Configuration;

/// <summary>
/// An engine as a folder: its profile (engine.json) and SQL files. Those of the suite are embedded; a user's own is any
/// folder, and needs no C#.
/// </summary>
public sealed partial class EngineFolder
{
    private const string ProfileFile = "engine.json";
    private const string Embedded = "Engines/";

    private static readonly string[] Known =
    [
        "create", "drop", "leftovers", "orphans", "names", "version", "queue", "prepared", "health", "refresh",
        "caught-up", "definitions",
    ];

    private static readonly string[] Placeholders = ["name", "query", "key"];

    private readonly Func<string, string?> _read;

    private EngineFolder(string path, Func<string, string?> read, IEnumerable<string> files)
    {
        (Path, _read) = (path, read);
        Profile = EngineProfile.Read(read(ProfileFile)!, System.IO.Path.Combine(path, ProfileFile));
        Install = [.. files.Where(IsInstalled).Order(StringComparer.Ordinal).Select(f => f[..^".sql".Length])];
        Check(files);
    }

    /// <summary>The names of the engines that the suite brings.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Resources.In(Embedded).Where(n => n.EndsWith('/' + ProfileFile, StringComparison.Ordinal))
            .Select(n => n.Split('/')[1].ToLowerInvariant()).Order(StringComparer.Ordinal)];

    /// <summary>Its name or, of a user's own, its path.</summary>
    public string Path { get; }

    /// <summary>What is declared of it.</summary>
    public EngineProfile Profile { get; }

    /// <summary>The names of the files that install it, in their order: install.sql, or 1-….sql, 2-….sql …</summary>
    public IReadOnlyList<string> Install { get; }

    /// <summary>The engine of that name, or in that folder.</summary>
    /// <param name="name">What SPECS_ENGINE says.</param>
    /// <exception cref="UserError">There is neither, or the folder does not hold an engine.</exception>
    public static EngineFolder Of(string name)
    {
        if (Names.Contains(name))
        {
            var files = Resources.In(Embedded)
                .Where(n => n.Split('/')[1].Equals(name, StringComparison.OrdinalIgnoreCase))
                .ToDictionary(n => n.Split('/')[2]);
            return new(name, file => files.TryGetValue(file, out var text) ? Resources.Text(text) : null, files.Keys);
        }

        if (!Directory.Exists(name))
        {
            throw new UserError($"There is no engine '{name}': it is neither one of {string.Join(", ", Names)} nor a "
                + "folder; './specs engines' tells what each of them needs.");
        }

        string InFolder(string file) => System.IO.Path.Combine(name, file);
        return File.Exists(InFolder(ProfileFile))
            ? new(
                System.IO.Path.GetFullPath(name),
                file => File.Exists(InFolder(file)) ? File.ReadAllText(InFolder(file)) : null,
                Directory.GetFiles(name).Select(f => System.IO.Path.GetFileName(f))
            )
            : throw new UserError(
                $"The folder {name} holds no {ProfileFile}; copy Support/Engines/row-trigger to begin "
                    + "an engine of your own."
            );
    }

    /// <summary>The text of one of its SQL files; null where it has none.</summary>
    /// <param name="name">Without its ending.</param>
    public string? Sql(string name) => _read(name + ".sql")?.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>A template with its placeholders filled: {name} as it is, {name:literal} as a string of SQL.</summary>
    /// <param name="file">The template's name, without its ending.</param>
    /// <param name="values">What stands for name, query and key.</param>
    public string Fill(string file, params (string Name, string Value)[] values) =>
        Placeholder().Replace(Sql(file)!, match =>
        {
            var value = values.First(v => v.Name == match.Groups["name"].Value).Value;
            return match.Groups["literal"].Success
                ? $"'{value.Replace("'", "''", StringComparison.Ordinal)}'"
                : value;
        }).TrimEnd(';');

    // Everything that could only fail later, in the middle of a run, is refused now.
    private void Check(IEnumerable<string> files)
    {
        var sql = files.Where(f => f.EndsWith(".sql", StringComparison.Ordinal)).ToList();
        var strange = sql.Find(f => !IsInstalled(f) && !Known.Contains(f[..^".sql".Length]));
        Require(strange is null, $"has a file {strange}, which no engine has; there are {string.Join(", ", Known)}");
        foreach (var (file, needs) in new[] { ("create", "name"), ("create", "query"), ("drop", "name") })
        {
            Require(Sql(file) is not null, $"lacks the file {file}.sql");
            Require(
                PlaceholdersOf(file).Contains(needs),
                $"has a {file}.sql without {{{needs}}} or {{{needs}:literal}}"
            );
        }

        foreach (var file in new[] { "create", "drop" })
        {
            var unknown = PlaceholdersOf(file).FirstOrDefault(p => !Placeholders.Contains(p));
            Require(unknown is null, $"has a {file}.sql with {{{unknown}}}; it knows {{name}}, {{query}} and {{key}}");
        }

        var level = Profile.Unserved.FirstOrDefault(l => !EngineProfile.StricterLevels.Contains(l));
        Require(level is null, $"does not serve '{level}', which is no level of PostgreSQL; there are "
            + string.Join(" and ", EngineProfile.StricterLevels.Select(l => $"'{l}'")));
        Require(Sql("names") is not null, "lacks the file names.sql, which selects the names of all TVIEWs");
        Require(Install.Count > 0 || Profile.Package is not null,
            "has neither a file install.sql nor the name of a package");
        Require(Profile.IsImmediate || Sql("refresh") is not null || Sql("caught-up") is not null,
            "refreshes later and has neither refresh.sql, which does that, nor caught-up.sql, which tells that it is "
                + "done");
    }

    private IEnumerable<string> PlaceholdersOf(string file) =>
        Placeholder().Matches(Sql(file)!).Select(m => m.Groups["name"].Value);

    private static bool IsInstalled(string file) =>
        file == "install.sql" || (char.IsAsciiDigit(file[0]) && file.EndsWith(".sql", StringComparison.Ordinal));

    private void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new UserError($"The engine {Path} {otherwise}; Support/Engines/README.md says what a folder needs.");
        }
    }

    [GeneratedRegex(@"\{(?<name>[a-z]+)(?<literal>:literal)?\}")]
    private static partial Regex Placeholder();
}
