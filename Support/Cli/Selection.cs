using System.Text.RegularExpressions;
using Specs.Support.Model;

namespace Specs.Support.Cli;

/// <summary>Which tests run: what a word of ./specs selects, and of those what --filter leaves.</summary>
internal static partial class Selection
{
    /// <summary>The expression for `dotnet test --filter`.</summary>
    /// <param name="of">What the word of ./specs selects, as such an expression.</param>
    /// <param name="filter">Such an expression, or words of titles, or a tag; null for all.</param>
    internal static string Of(string of, string? filter) => filter is null ? of
        : Operator().IsMatch(filter) ? $"({of})&({filter})"
        : $"({of})&({string.Join('|', new[] { Titles(filter), $"Category={Escaped(filter)}" }.Where(f => f != "()"))})";

    private static string Titles(string words) => $"({ScenarioId.FilterOf(words)})";

    private static string Escaped(string text) => Special().Replace(text, @"\$0");

    [GeneratedRegex("[=~|&]")]
    private static partial Regex Operator();

    [GeneratedRegex(@"[\\()!]")]
    private static partial Regex Special();
}
