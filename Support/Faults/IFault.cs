using Specs.Support.Fleet;

namespace Specs.Support.Faults;

/// <summary>One thing that goes wrong in production, made to happen while sessions work.</summary>
public interface IFault
{
    /// <summary>The SQLSTATEs with which a session may learn of it, beside a broken connection.</summary>
    IReadOnlyCollection<string> Errors { get; }

    /// <summary>Whether sessions that lose their connections open others, and go on.</summary>
    bool SessionsConnectAgain => true;

    /// <summary>Whether it is done to a session that is held inside its flush.</summary>
    bool InFlush => false;

    /// <summary>Whether the server must be one that may be killed.</summary>
    bool EndsServer => false;

    /// <summary>Makes it happen once.</summary>
    /// <param name="target">To whom.</param>
    /// <param name="cancel">Stops waiting for it.</param>
    /// <returns>What was done, and when; the name of the fault is filled in by who asked for it.</returns>
    Task<Injection> InjectAsync(FaultTarget target, CancellationToken cancel);

    /// <summary>
    /// Whether it did what it is for: where not, it is injected once more. The next ones do not wait for the answer.
    /// </summary>
    /// <param name="injection">What was done.</param>
    /// <param name="target">To whom.</param>
    /// <param name="cancel">Stops waiting.</param>
    Task<bool> HasHitAsync(Injection injection, FaultTarget target, CancellationToken cancel) =>
        Task.FromResult(!InFlush || injection.InFlush);
}
