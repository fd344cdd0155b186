using Specs.Support.Fleet;
using Specs.Support.Workloads;

namespace Specs.Support.Contracts;

/// <summary>Contract 1 in every snapshot: the comparison, repeated by extra sessions while the load runs.</summary>
public static class Auditors
{
    /// <summary>Judges the audits of a scenario's loads.</summary>
    public static CheckResult Check(params IReadOnlyCollection<LoadResult> loads)
    {
        const string contract = "Contract 1 (exact): every snapshot taken during the load saw the TVIEWs equal to their queries";
        var bad = loads.SelectMany(l => l.History.Audits).Where(a => a.Outcome != Outcome.Ok && !a.Retried)
            .Select(a => a.SqlState == Audit.Difference
                ? $"auditor {a.Session} saw {a.Message}"
                : $"auditor {a.Session} could not look: {a.SqlState} {a.Message}").ToList();
        return bad.Count > 0 || loads.Any(l => l.History.AuditsDuringWork() > 0)
            ? CheckResult.From(contract, bad)
            : CheckResult.Unknown(contract, "no audit began and ended while the sessions worked");
    }
}
