using System.Text.RegularExpressions;
using Specs.Support.Model;

namespace Specs.Support.Workloads;

/// <summary>
/// The workloads' TVIEWs in a form that every engine accepts. The extension wants the key named after the TVIEW, then id
/// uuid, then the foreign keys that its joins go by, plain columns and data jsonb; and it adds columns, orders them and
/// types them in its own way, so that comparisons go by name and text. The base tables and what sessions do stay as
/// they are.
/// </summary>
internal static partial class CommonForm
{
    /// <summary>A schema in that form.</summary>
    internal static Schema Of(Schema schema) => schema with { Tviews = [.. schema.Tviews.Select(Of)] };

    /// <summary>A TVIEW in that form.</summary>
    internal static Tview Of(Tview tview)
    {
        var parts = Parts().Match(tview.Query);
        var (value, name) = Column(parts.Groups["key"].Value);
        var key = "pk_" + tview.Name["tv_".Length..];
        var columns = CommaOutsideParentheses().Split(parts.Groups["columns"].Value).Select(Column).ToList();
        var plain = columns.Where(c => c.Name != "data").ToList();
        var from = parts.Groups["from"].Value;
        // A group has no foreign key of its own.
        var links = from.Contains("GROUP BY", StringComparison.Ordinal) ? [] : Link().Matches(from).Select(m => Column(m.Value)).Distinct().ToList();
        string[] select =
        [
            key == name ? value : $"{value} AS {key}",
            $"md5({value}::text)::uuid AS id",
            .. links.Concat(plain).Select(c => $"{c.Value} AS {c.Name}"),
            $"jsonb_build_object({string.Join(", ", columns.Select(c => $"'{c.Name}', {c.Value}"))}) AS data",
        ];
        return tview with
        {
            Key = key,
            Query = $"SELECT {string.Join(", ", select)} FROM {from}",
            Columns = [key, "id", .. links.Concat(plain).Select(c => c.Name), "data"],
        };
    }

    // "max(p.title) AS last_title", "u.name": what it gives, and under which name.
    private static (string Value, string Name) Column(string text)
    {
        var words = text.Trim().Split(" AS ");
        return (words[0], words.Length == 2 ? words[1] : words[0].Split('.')[^1]);
    }

    [GeneratedRegex("^SELECT (?<key>.*?), (?<columns>.*?) FROM (?<from>.*)$")]
    private static partial Regex Parts();

    [GeneratedRegex(@",(?![^(]*\))")]
    private static partial Regex CommaOutsideParentheses();

    [GeneratedRegex(@"\b\w+\.fk_\w+")]
    private static partial Regex Link();
}
