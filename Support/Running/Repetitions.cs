using Specs.Support.Configuration;
using Xunit;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("Specs.Support.Running.Repetitions", "Specs")]

namespace Specs.Support.Running;

/// <summary>
/// A soak: every feature again and again in one process, so on one server, each time with another seed. The runtimes
/// have no notion of that, but xunit lets an orderer say which features run in which order, and to name one several
/// times is to run it several times. Shards take every n-th repetition.
/// </summary>
public sealed class Repetitions : ITestCollectionOrderer
{
    private readonly Dictionary<string, int> _begun = [];

    /// <summary>
    /// The options of the run that has begun; null before that. Static, because xunit makes the orderer and passes it
    /// nothing.
    /// </summary>
    internal static RunOptions? Begun { get; set; }

    /// <summary>The repetitions that are this shard's, from 1.</summary>
    public static IReadOnlyList<int> Of(RunOptions options) =>
        options.Shard.Share(Enumerable.Range(1, options.Repeat));

    /// <summary>The number of the repetition to which a feature that begins belongs.</summary>
    internal int Begin(string feature, RunOptions options)
    {
        var own = Of(options);
        _begun[feature] = _begun.GetValueOrDefault(feature) + 1;
        return own[Math.Min(_begun[feature], own.Count) - 1];
    }

    /// <summary>Each feature as often as it is to run.</summary>
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections)
    {
        var once = FeatureOrder.Order(testCollections).ToList();
        if (Begun?.AtOnce > 1)
        {
            once.Reverse();     // xunit queues them all, and threads take from their own queues what came last
        }

        // xunit makes the orderer before the run begins and asks it afterwards; a run that could not begin is told
        // once.
        return Enumerable.Repeat(once, Begun is { } options ? Of(options).Count : 1).SelectMany(c => c);
    }
}
