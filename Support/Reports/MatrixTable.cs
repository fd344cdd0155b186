namespace Specs.Support.Reports;

/// <summary>A cell of the matrix.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Class">Its colour, as the page's style names it.</param>
internal sealed record MatrixCell(string Text, string Class = "none")
{
    /// <summary>The same in full; empty where the text says all.</summary>
    internal string Detail { get; init; } = "";

    /// <summary>The failure behind it; null where there is none.</summary>
    internal EngineFailure? Failure { get; init; }

    /// <summary>Why scenarios were skipped, or are known to fail.</summary>
    internal IReadOnlyList<string> Reasons { get; init; } = [];
}

/// <summary>A row of the matrix: a cell for each engine.</summary>
/// <param name="Group">What it shares with its neighbours; empty for nothing.</param>
/// <param name="Name">Its name within that.</param>
/// <param name="Cells">Its cells.</param>
internal sealed record MatrixRow(string Group, string Name, IReadOnlyList<MatrixCell> Cells);

/// <summary>One table of the matrix.</summary>
/// <param name="Id">Unique in the page.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Caption">What it shows.</param>
/// <param name="Heads">The headers of the columns that name the rows.</param>
/// <param name="Rows">Its rows.</param>
internal sealed record MatrixTable(
    string Id,
    string Title,
    string Caption,
    IReadOnlyList<string> Heads,
    IReadOnlyList<MatrixRow> Rows
);
