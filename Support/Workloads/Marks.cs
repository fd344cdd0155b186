namespace Specs.Support.Workloads;

/// <summary>
/// SQL in which the parts that can be left out stand between marks. Parts can hold parts: an action of a foreign key
/// goes by itself, or with the foreign key, or with its column.
/// </summary>
internal static class Marks
{
    private const char Begin = '⟦', End = '⟧';

    /// <summary>A part that can be left out.</summary>
    internal static string Part(string sql) => sql.Length == 0 ? "" : $"{Begin}{sql}{End}";

    /// <summary>The SQL as the server takes it.</summary>
    internal static string Plain(string marked) => marked.Replace($"{Begin}", "", StringComparison.Ordinal)
        .Replace($"{End}", "", StringComparison.Ordinal);

    /// <summary>The same without one of its parts.</summary>
    internal static IEnumerable<string> Smaller(string marked)
    {
        for (var begin = marked.IndexOf(Begin); begin >= 0; begin = marked.IndexOf(Begin, begin + 1))
        {
            var (end, depth) = (begin + 1, 1);
            for (; depth > 0; end++)
            {
                depth += marked[end] == Begin ? 1 : marked[end] == End ? -1 : 0;
            }

            yield return marked.Remove(begin, end - begin);
        }
    }
}
