using System.Globalization;

namespace Specs.Support.Workloads;

/// <summary>
/// How often each effect on a kind of query was in a race, alone and together with another session's: draws are steered
/// to what was there least, and what was never there is told.
/// </summary>
internal sealed class EffectCoverage
{
    private readonly Dictionary<(string Form, string Change), int> _alone = [];
    private readonly Dictionary<(string Form, string First, string Second), int> _pairs = [];
    private readonly Dictionary<(string Kind, string Level, string Ending), int> _statements = [];
    private int _depending, _comeAgain;

    /// <summary>How often the rarest effect of a statement was there.</summary>
    internal int Rarest(Candidate candidate) =>
        candidate.Effects.Min(e => _alone.GetValueOrDefault((e.Form, e.Change)));

    /// <summary>
    /// How often the rarest pair of two sessions' effects on the same row was there; null where they do not meet.
    /// </summary>
    internal int? Rarest(Candidate first, Candidate second)
    {
        var pairs = PairsOf(first, second).ToList();
        return pairs.Count == 0 ? null : pairs.Min(p => _pairs.GetValueOrDefault(p));
    }

    /// <summary>Counts what is in a race.</summary>
    /// <param name="first">The statement around which it was drawn.</param>
    /// <param name="second">Another session's statement that meets it.</param>
    internal void Count(Candidate first, Candidate second)
    {
        foreach (var effect in first.Effects.Concat(second.Effects).Select(e => (e.Form, e.Change)).Distinct())
        {
            _alone[effect] = _alone.GetValueOrDefault(effect) + 1;
        }

        foreach (var pair in PairsOf(first, second).Distinct())
        {
            _pairs[pair] = _pairs.GetValueOrDefault(pair) + 1;
        }
    }

    /// <summary>Counts two sessions that meet at no row, and depend on each other all the same.</summary>
    internal void CountDepending() => _depending++;

    /// <summary>Counts two sessions of which one takes a row away that the other brings again.</summary>
    internal void CountComesAgain() => _comeAgain++;

    /// <summary>Counts a statement with the level and the ending of its transaction.</summary>
    internal void Count(string kind, string level, string ending) =>
        _statements[(kind, level, ending)] = _statements.GetValueOrDefault((kind, level, ending)) + 1;

    /// <summary>How often a kind of statement came.</summary>
    internal int Of(string kind) => _statements.Where(s => s.Key.Kind == kind).Sum(s => s.Value);

    /// <summary>How often a statement came with a level and an ending.</summary>
    internal int Of(string kind, string level, string ending) => _statements.GetValueOrDefault((kind, level, ending));

    /// <summary>Adds what was drawn over another schema.</summary>
    internal void Add(EffectCoverage other)
    {
        (_depending, _comeAgain) = (_depending + other._depending, _comeAgain + other._comeAgain);
        Add(_alone, other._alone);
        Add(_pairs, other._pairs);
        Add(_statements, other._statements);
    }

    private static void Add<T>(Dictionary<T, int> sum, Dictionary<T, int> counts)
        where T : notnull
    {
        foreach (var (what, count) in counts)
        {
            sum[what] = sum.GetValueOrDefault(what) + count;
        }
    }

    /// <summary>Lines that tell what was there how often, and what never.</summary>
    internal IEnumerable<string> Tell()
    {
        var forms = _alone.Keys.Select(k => k.Form).Distinct().Order(StringComparer.Ordinal).ToList();
        foreach (var form in forms)
        {
            var changes = Effect.ChangesOf(form).ToList();
            var alone = changes.Select(c => $"{c} {Number(_alone.GetValueOrDefault((form, c)))}");
            var met = _pairs.Where(p => p.Key.Form == form).ToList();
            yield return $"  {form}: a row {string.Join(", ", alone)}; two sessions at one row "
                + $"{Number(met.Sum(p => p.Value))}, in {met.Count} of "
                + $"{changes.Count * changes.Count} ways";
        }

        yield return $"  two sessions that meet at no row and depend on each other: {Number(_depending)}; "
            + $"a row that one of them takes away comes again by the other: {Number(_comeAgain)}";
        var never =
            from form in forms
            from change in Effect.ChangesOf(form)
            where !_alone.ContainsKey((form, change))
            select $"a row {change} ({form})";
        never = _comeAgain > 0 ? never : never.Append("a row goes and comes again");
        yield return $"  never: {string.Join(", ", never.DefaultIfEmpty("none of these is missing"))}";
    }

    private static IEnumerable<(string, string, string)> PairsOf(Candidate first, Candidate second) =>
        from a in first.Effects
        from b in second.Effects
        where a.Tview == b.Tview && a.Key == b.Key
        select (a.Form, a.Change, b.Change);

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
