using System.Text.RegularExpressions;
using Specs.Support.Configuration;

namespace Specs.Support.Workloads.OwnTables;

/// <summary>A user's tables as a folder: what is in its files, before a server has seen it.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Base">The statements that make the base tables and their rows.</param>
/// <param name="Tviews">The SELECT of each TVIEW, by its name.</param>
/// <param name="Values">SELECTs of values for columns.</param>
/// <param name="Transactions">The user's own transactions.</param>
internal sealed partial record SchemaFolder(
    string Path,
    IReadOnlyList<FileStatement> Base,
    IReadOnlyDictionary<string, FileStatement> Tviews,
    IReadOnlyList<FileStatement> Values,
    IReadOnlyList<OwnTransaction> Transactions
)
{
    /// <summary>What a folder holds, as the second half of a sentence.</summary>
    internal const string Needs = "a folder holds schema.sql (tables, types, functions, triggers and a few rows; "
        + "after it, or instead, 1-….sql, 2-….sql in order), a file tv_NAME.sql with the SELECT of each "
        + "TVIEW and, if you like, values.sql and transactions/*.sql";

    private const string ValuesFile = "values.sql", TransactionsFolder = "transactions";

    /// <summary>Reads a folder.</summary>
    /// <exception cref="UserError">It does not hold what it must.</exception>
    internal static SchemaFolder Read(string path)
    {
        if (!Directory.Exists(path))
        {
            throw new UserError($"There is no folder {path}; {Needs}.");
        }

        var files = Directory.GetFiles(path, "*.sql").Select(f => System.IO.Path.GetFileName(f))
            .OrderBy(f => f != "schema.sql").ThenBy(f => f, StringComparer.Ordinal).ToList();
        var strange = files.Find(f => !IsBase(f) && !IsTview(f) && f != ValuesFile);
        // They are made in one transaction, whatever the file says.
        var statements = files.Where(IsBase).SelectMany(f => In(path, f))
            .Where(s => !OwnTransaction.Frame().IsMatch(s.Sql)).ToList();
        var tviews = files.Where(IsTview).ToDictionary(f => f[..^".sql".Length], f => Only(In(path, f).ToList(), f));
        var wrong =
            strange is not null ? $"has a file {strange}, which is none of a schema's"
            : statements.Count == 0 ? "has no schema.sql with statements"
            : tviews.Count == 0 ? "has no file tv_NAME.sql with the SELECT of a TVIEW"
            : null;
        if (wrong is not null)
        {
            throw new UserError($"The folder {path} {wrong}; {Needs}.");
        }

        if (statements.Find(s => FromStandardInput().IsMatch(s.Sql)) is { } copy)
        {
            throw new UserError($"{copy.Where} has no rows behind it as pg_dump writes them, up to a line \\., or has "
                + "options; write its rows as INSERT (pg_dump --inserts does).");
        }

        var folder = System.IO.Path.Combine(path, TransactionsFolder);
        var transactions = !Directory.Exists(folder) ? []
            : Directory.GetFiles(folder, "*.sql").Order(StringComparer.Ordinal).Select(f =>
                OwnTransaction.Read($"{TransactionsFolder}/{System.IO.Path.GetFileName(f)}", File.ReadAllText(f)));
        return new(path, statements, tviews, files.Contains(ValuesFile) ? [.. In(path, ValuesFile)] : [],
            [.. transactions]);
    }

    private static bool IsBase(string file) => char.IsAsciiDigit(file[0]) || file == "schema.sql";

    /// <summary>Whether a file of that name holds a TVIEW.</summary>
    internal static bool IsTview(string file) => TviewFile().IsMatch(file);

    private static IEnumerable<FileStatement> In(string path, string file) =>
        FileStatement.Split(file, File.ReadAllText(System.IO.Path.Combine(path, file)));

    private static FileStatement Only(List<FileStatement> statements, string file) =>
        statements is [var one] && Query().IsMatch(one.Sql) ? one
            : throw new UserError($"{file} holds {(statements.Count == 1 ? "a statement that is no SELECT"
                : $"{statements.Count} statements")}; it must be the one SELECT of the TVIEW {file[..^4]}.");

    [GeneratedRegex(@"^tv_[a-z0-9_]+\.sql$")]
    private static partial Regex TviewFile();

    [GeneratedRegex(@"^\(*\s*(?:--[^\n]*\s+)*(?:SELECT|WITH)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Query();

    [GeneratedRegex(@"^COPY\s.*\sFROM\s+STDIN\b", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex FromStandardInput();
}
