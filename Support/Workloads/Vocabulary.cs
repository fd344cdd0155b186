using Specs.Support.Configuration;

namespace Specs.Support.Workloads;

/// <summary>One word of the features, or a few that belong together, and what it stands for.</summary>
/// <param name="Text">As features say it.</param>
/// <param name="Sql">Its statements, a line each, as ./specs words prints them; $1, $2 … are values that it
/// draws.</param>
/// <param name="Meaning">What it stands for.</param>
public sealed record Word<T>(string Text, string Sql, T Meaning);

/// <summary>The words of one kind of use. A word is added by a line of the table that its kind has.</summary>
/// <param name="kind">What they are, for example "schema".</param>
/// <param name="usage">Where a feature says one of them, with … in its place.</param>
public abstract class Vocabulary(string kind, string usage)
{
    /// <summary>What its words are.</summary>
    public string Kind { get; } = kind;

    /// <summary>Where a feature says one of them.</summary>
    public string Usage { get; } = usage;

    /// <summary>Each word with its SQL.</summary>
    public abstract IEnumerable<(string Text, string Sql)> Entries { get; }
}

/// <summary>The words of one kind of use, and what each of them stands for.</summary>
/// <param name="kind">What they are, for example "schema".</param>
/// <param name="usage">Where a feature says one of them, with … in its place.</param>
/// <param name="words">All of them.</param>
public sealed class Vocabulary<T>(string kind, string usage, params Word<T>[] words) : Vocabulary(kind, usage)
{
    /// <inheritdoc/>
    public override IEnumerable<(string Text, string Sql)> Entries => words.Select(w => (w.Text, w.Sql));

    /// <summary>What a word stands for.</summary>
    /// <param name="text">The word.</param>
    /// <param name="said">As the feature has it, where that is more than the word itself.</param>
    /// <exception cref="UserError">There is no such word.</exception>
    public T Named(string text, string? said = null) =>
        words.FirstOrDefault(w => w.Text == text) is { } word
            ? word.Meaning
            : throw new UserError(
                $"There is no {Kind} '{said ?? text}'; there are: {string.Join("; ", words.Select(w => w.Text))}."
            );
}
