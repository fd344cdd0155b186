using Specs.Support.Fleet;

namespace Specs.Support.Faults;

/// <summary>An operator, or a tool, cancels what a session does.</summary>
/// <param name="inFlush">Whether it is held inside its flush then; if not, it is drawn.</param>
internal sealed class StatementCancelled(bool inFlush) : IFault
{
    internal const string Sql = "SELECT pg_cancel_backend(pid)";

    public IReadOnlyCollection<string> Errors => ["57014"];

    public bool InFlush => inFlush;

    public Task<Injection> InjectAsync(FaultTarget target, CancellationToken cancel) =>
        BackendSignal.SendAsync("pg_cancel_backend", inFlush, target, cancel);

    // A statement may end before its backend sees the signal, which does nothing then.
    public async Task<bool> HasHitAsync(Injection injection, FaultTarget target, CancellationToken cancel) =>
        injection is { UnderWay: > 0, Session: { } number } && (!inFlush || injection.InFlush)
            && await FaultTarget.FailsAsync(target.Sessions[number - 1], injection, cancel);
}
