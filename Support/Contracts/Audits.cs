using Specs.Support.Fleet;
using Specs.Support.Model;
using Specs.Support.Workloads;

namespace Specs.Support.Contracts;

/// <summary>Exact in every snapshot: what the auditors saw while the loads ran.</summary>
public sealed class Audits : IChecker
{
    /// <inheritdoc/>
    public Contract Contract => Contract.Exact;

    /// <inheritdoc/>
    public string Claim => "every snapshot taken during the load saw the TVIEWs equal to their queries";

    /// <inheritdoc/>
    public string? WhyNot(Evidence evidence) =>
        !evidence.Engine.Profile.IsImmediate ? Convergence.Instead
        : evidence.Audited ? null
        : "no auditor was there";

    /// <inheritdoc/>
    public Task<CheckResult> CheckAsync(Evidence evidence) => Task.FromResult(Check(evidence.Loads));

    /// <summary>Judges the audits of some loads.</summary>
    public CheckResult Check(IReadOnlyCollection<LoadResult> loads)
    {
        // An auditor whom a fault hits together with everybody else has seen nothing, and looks again.
        var bad = loads.SelectMany(l => l.History.Audits.Where(a => a.SqlState == Audit.Difference
                || !l.Injections.Any(i => i.Session is null && i.Meets(a))))
            .Where(a => a.Outcome != Outcome.Ok && !a.Retried)
            .Select(a => a.SqlState == Audit.Difference
                ? $"auditor {a.Session} saw {a.Message}"
                : $"auditor {a.Session} could not look: {a.SqlState} {a.Message}").ToList();
        return bad.Count > 0 || loads.Any(l => l.History.AuditsDuringWork() > 0)
            ? CheckResult.From(this, bad)
            : CheckResult.Unknown(this, "no audit began and ended while the sessions worked");
    }
}
