using System.Text.Json.Serialization;
using Specs.Support.Model;

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
public sealed record EvidenceTable(
    string Caption,
    IReadOnlyList<string> Header,
    IReadOnlyList<IReadOnlyList<string>> Rows
);

/// <summary>What one check found.</summary>
/// <param name="Contract">The contract that a finding breaks; null where the claim is not a contract's.</param>
/// <param name="Claim">What was checked, in words that a report shows.</param>
/// <param name="Verdict">The conclusion.</param>
/// <param name="Findings">Each violation with its evidence, or why nothing can be said.</param>
public sealed record CheckResult(Contract? Contract, string Claim, Verdict Verdict, IReadOnlyList<string> Findings)
{
    private const int MostFindings = 25, OfEachPart = 8;

    /// <summary>The evidence once more, for a page that can show tables.</summary>
    public IReadOnlyList<EvidenceTable> Tables { get; init; } = [];

    /// <summary>The contract and the claim, as people read them.</summary>
    [JsonIgnore]
    public string Title => Contract is null ? Claim : $"{Contract}: {Claim}";

    /// <summary>Fails if there is a finding, and passes otherwise.</summary>
    public static CheckResult From(string claim, IReadOnlyList<string> findings) => From(null, claim, findings);

    /// <summary>The same for a claim of a contract.</summary>
    public static CheckResult From(Contract? contract, string claim, IReadOnlyList<string> findings) =>
        new(contract, claim, findings.Count == 0 ? Verdict.Pass : Verdict.Fail, findings);

    /// <summary>The same for the claim of a checker.</summary>
    public static CheckResult From(IChecker checker, IReadOnlyList<string> findings) =>
        From(checker.Contract, checker.Claim, findings);

    /// <summary>Nothing can be said, and that is not a pass.</summary>
    public static CheckResult Unknown(string claim, string why) => Unknown(null, claim, why);

    /// <summary>The same for a claim of a contract.</summary>
    public static CheckResult Unknown(Contract? contract, string claim, string why) =>
        new(contract, claim, Verdict.Unknown, [why]);

    /// <summary>The same for the claim of a checker.</summary>
    public static CheckResult Unknown(IChecker checker, string why) => Unknown(checker.Contract, checker.Claim, why);

    /// <summary>What a check says; a check that throws has found nothing out, and that is not a pass either.</summary>
    /// <param name="checker">The checker.</param>
    /// <param name="check">Its check, or a part of it.</param>
    public static async Task<CheckResult> TryAsync(IChecker checker, Func<Task<CheckResult>> check)
    {
        try
        {
            return await check();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Unknown(checker, $"the check itself failed: {e.Message}");
        }
    }

    /// <summary>
    /// Several conclusions about one claim as one: a failure outweighs what is unknown, and that a pass.
    /// </summary>
    /// <param name="checker">Whose claim it is.</param>
    /// <param name="parts">The conclusions.</param>
    public static CheckResult Merge(IChecker checker, IReadOnlyCollection<CheckResult> parts)
    {
        var verdict = parts.Any(p => p.Verdict == Verdict.Fail) ? Verdict.Fail
            : parts.Any(p => p.Verdict == Verdict.Unknown) ? Verdict.Unknown : Verdict.Pass;
        // Reports show the first findings only: some of each part.
        var findings = parts
            .SelectMany(p => p.Findings.Take(OfEachPart))
            .Concat(parts.SelectMany(p => p.Findings.Skip(OfEachPart)));
        return new(checker.Contract, checker.Claim, verdict, [.. findings])
        {
            Tables = [.. parts.SelectMany(p => p.Tables)],
        };
    }

    /// <summary>The contract, the claim, the verdict and the findings, a line each.</summary>
    public override string ToString() =>
        string.Join('\n', Findings.Take(MostFindings).Select(f => "  " + f)
            .Prepend($"{Title}: {Verdict.ToString().ToUpperInvariant()}")
            .Concat(Findings.Count > MostFindings ? [$"  … and {Findings.Count - MostFindings} more"] : []));
}
