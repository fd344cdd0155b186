namespace Specs.Support.Reports;

/// <summary>Whether a run is good, in a sentence.</summary>
internal static class RunVerdict
{
    /// <summary>The answer and the sentence.</summary>
    internal static (bool IsGood, string Sentence) Of(IReadOnlyCollection<ScenarioLine> results)
    {
        var ran = results.Where(r => r.Outcome != "skipped").ToList();
        var failed = ran.Count(r => r.Outcome == "failed");
        var broken = ContractMatrix.Broken(ran);
        return ran.Count == 0 ? (false, "Unknown: no scenario ran")
            : failed == 0 ? (true, Sentence(ran.Count, ran.Count(r => r.Outcome == "known")))
            : (false, $"Not good: {failed} of the {ran.Count} scenarios that ran failed"
                + (broken.Count == 0 ? "" : $"; broken: {string.Join(", ", broken)}"));
    }

    private static string Sentence(int ran, int known) =>
        known > 0 ? $"Good: of the {ran} scenarios that ran, {ran - known} passed and {known} ended as is known"
        : ran == 1 ? "Good: the one scenario that ran passed"
        : $"Good: all {ran} scenarios that ran passed";
}
