using System.Data;
using System.Globalization;
using System.Text.RegularExpressions;
using Specs.Support.Configuration;

namespace Specs.Support.Workloads.OwnTables;

/// <summary>
/// A transaction of the user's own, as pgbench's scripts are: statements with :placeholders, which \set gives a value
/// or else a column of that name.
/// </summary>
/// <param name="File">The file, in its folder.</param>
/// <param name="Weight">How often it comes, beside the weights of others.</param>
/// <param name="Sets">What is set, in order: a name, and an expression of numbers and random(from, to).</param>
/// <param name="Statements">Its statements, without BEGIN and COMMIT.</param>
internal sealed partial record OwnTransaction(
    string File,
    int Weight,
    IReadOnlyList<(string Name, string Expression)> Sets,
    IReadOnlyList<FileStatement> Statements
)
{
    /// <summary>Its name in tallies and scripts.</summary>
    internal string Name => System.IO.Path.GetFileName(File);

    /// <summary>The placeholders that nothing sets: columns of these names give their values.</summary>
    internal IEnumerable<string> OfColumns =>
        Statements.SelectMany(s => Placeholder().Matches(s.Sql)).Select(m => m.Groups["name"].Value)
            .Where(n => n.Length > 0).Distinct().Except(Sets.Select(s => s.Name));

    /// <summary>Reads a file.</summary>
    /// <exception cref="UserError">It cannot be understood.</exception>
    internal static OwnTransaction Read(string file, string text)
    {
        var sets = Set().Matches(text).Select(m => (m.Groups["name"].Value, m.Groups["to"].Value.Trim())).ToList();
        // The lines stay, so that errors tell the right one.
        var statements = FileStatement.Split(file, Set().Replace(text, "")).ToList();
        var work = statements.Where(s => !Frame().IsMatch(s.Sql)).ToList();
        if (work.Count == 0)
        {
            throw new UserError($"{file} holds no statement; write the statements of one transaction, with :name where "
                + @"a value is to be drawn, and '\set name random(1, 10)' for those that are no column's.");
        }

        var weight = Weighs().Match(text) is { Success: true } match
            ? int.Parse(match.Groups["weight"].Value, CultureInfo.InvariantCulture) : 1;
        var transaction = new OwnTransaction(file, weight, sets, work);
        _ = transaction.Set(new Random(0));
        return transaction;
    }

    /// <summary>Draws what is set.</summary>
    /// <exception cref="UserError">An expression is not one of numbers and random(from, to).</exception>
    internal Dictionary<string, string> Set(Random random)
    {
        var values = new Dictionary<string, string>();
        foreach (var (name, expression) in Sets)
        {
            var numbers = Placeholder().Replace(expression,
                m => m.Groups["name"].Value is { Length: > 0 } n && values.TryGetValue(n, out var v) ? v : m.Value);
            try
            {
                var drawn = Draw().Replace(numbers, m =>
                {
                    var (from, to) = (Number(m.Groups["from"].Value), Number(m.Groups["to"].Value));
                    return $"{random.NextInt64(from, Math.Max(from, to) + 1)}";
                });
                values[name] = $"{Number(drawn)}";
            }
            catch (Exception e) when (e is InvalidExpressionException or FormatException or InvalidCastException
                or OverflowException)
            {
                throw new UserError($@"{File} sets {name} to '{expression}', which cannot be computed; use numbers, "
                    + "+ - * /, names that were set before, and random(from, to).");
            }
        }

        return values;
    }

    /// <summary>The statements with values in place of the placeholders.</summary>
    /// <param name="random">Draws what is set.</param>
    /// <param name="ofColumn">SQL of a value of a column of that name.</param>
    internal IEnumerable<string> Fill(Random random, Func<string, string> ofColumn)
    {
        var values = Set(random);
        return Statements.Select(s => Placeholder().Replace(s.Sql, m =>
        {
            var name = m.Groups["name"].Value;
            return name.Length == 0 ? m.Value
                : values.TryGetValue(name, out var value) ? value
                : values[name] = ofColumn(name);
        })).ToList();
    }

    private static long Number(string expression)
    {
        using var table = new System.Data.DataTable { Locale = CultureInfo.InvariantCulture };
        return Convert.ToInt64(table.Compute(expression, null), CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^\\set[ \t]+(?<name>\w+)[ \t]+(?<to>[^\n]+)", RegexOptions.Multiline)]
    private static partial Regex Set();

    [GeneratedRegex(@"^--\s*weight:?\s*(?<weight>\d+)\s*$", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Weighs();

    /// <summary>BEGIN and COMMIT, which are sent for the user.</summary>
    [GeneratedRegex(@"^(BEGIN|START\s+TRANSACTION|COMMIT|END)(\s+(WORK|TRANSACTION))?\s*$", RegexOptions.IgnoreCase)]
    internal static partial Regex Frame();

    [GeneratedRegex(@"\brandom\s*\((?<from>[^(),]+),(?<to>[^(),]+)\)", RegexOptions.IgnoreCase)]
    private static partial Regex Draw();

    // Strings and casts (::type) are none.
    [GeneratedRegex(@"'(?:''|[^'])*'|::|:(?<name>[A-Za-z_]\w*)")]
    private static partial Regex Placeholder();
}
