namespace Specs.Support.Contracts;

/// <summary>What a check concludes. Unknown is never a pass.</summary>
public enum Verdict
{
    /// <summary>What was claimed holds.</summary>
    Pass,

    /// <summary>It does not; the findings say where.</summary>
    Fail,

    /// <summary>The run cannot tell; the findings say why.</summary>
    Unknown,
}

/// <summary>Evidence that is read best as a table.</summary>
/// <param name="Caption">What it shows.</param>
/// <param name="Header">The names of its columns; the first column names the rows.</param>
/// <param name="Rows">Its rows, each with as many cells.</param>
public sealed record EvidenceTable(string Caption, IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>What one check found.</summary>
/// <param name="Contract">The claim that was checked, in words a report shows.</param>
/// <param name="Verdict">The conclusion.</param>
/// <param name="Findings">Each violation with its evidence, or why nothing can be said.</param>
public sealed record CheckResult(string Contract, Verdict Verdict, IReadOnlyList<string> Findings)
{
    /// <summary>The evidence once more, for a page that can show tables.</summary>
    public IReadOnlyList<EvidenceTable> Tables { get; init; } = [];

    /// <summary>Fails if there is a finding, and passes otherwise.</summary>
    public static CheckResult From(string contract, IReadOnlyList<string> findings) =>
        new(contract, findings.Count == 0 ? Verdict.Pass : Verdict.Fail, findings);

    /// <summary>Nothing can be said, and that is not a pass.</summary>
    public static CheckResult Unknown(string contract, string why) => new(contract, Verdict.Unknown, [why]);

    /// <summary>What a check says; a check that throws has found nothing out, and that is not a pass either.</summary>
    /// <param name="contract">The claim.</param>
    /// <param name="check">The check.</param>
    public static async Task<CheckResult> TryAsync(string contract, Func<Task<CheckResult>> check)
    {
        try
        {
            return await check();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Unknown(contract, $"the check itself failed: {e.Message}");
        }
    }

    /// <summary>The contract, the verdict and the findings, a line each.</summary>
    public override string ToString() =>
        string.Join('\n', Findings.Take(25).Select(f => "  " + f)
            .Prepend($"{Contract}: {Verdict.ToString().ToUpperInvariant()}")
            .Concat(Findings.Count > 25 ? [$"  … and {Findings.Count - 25} more"] : []));
}
