using Specs.Support.Model;

namespace Specs.Support.Engines;

/// <summary>
/// Defining queries as the extension takes them: the key named after the TVIEW, then id uuid, then the foreign keys
/// that its joins go by, plain columns and data jsonb. It adds columns, orders them and types them in its own way, so
/// comparisons go by name and text. The base tables, and what sessions do, stay as they are.
/// </summary>
internal static class ExtensionDialect
{
    /// <summary>A TVIEW in that form; one whose query is known as text only stays as it is.</summary>
    internal static Tview Of(Tview tview)
    {
        if (tview.Definition is not { } query)
        {
            return tview;
        }

        // No entity may begin with a digit.
        var entity = tview.Name["tv_".Length..];
        entity = char.IsAsciiDigit(entity[0]) ? "x" + entity : entity;
        var name = "pk_" + entity;
        var key = query.Key.Name == name ? query.Key : new(query.Key.Value, name);
        // A group has no foreign key of its own.
        var foreignKeys =
            query.GroupBy.Count > 0
                ? []
                : query
                    .Joins.Select(j => new QueryColumn(j.Left))
                    .Where(c => c.Name.StartsWith("fk_", StringComparison.Ordinal));
        var columns = foreignKeys
            .Concat(query.Columns.Where(c => c.Name != "data"))
            .Select(c => c with { Alias = c.Name })
            .DistinctBy(c => c.Name)
            .ToList();
        var document = string.Join(", ", query.Columns.Select(c => $"'{c.Name}', {c.Value}"));
        return tview with
        {
            Name = "tv_" + entity,
            Key = name,
            Query = query.Select([
                key,
                new($"md5({query.Key.Value}::text)::uuid", "id"),
                .. columns,
                new($"jsonb_build_object({document})", "data"),
            ]),
            Columns = [name, "id", .. columns.Select(c => c.Name), "data"],
        };
    }
}
