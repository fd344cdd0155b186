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

    // A statement may end before its backend sees the signal, which does nothing then; one that is held cannot.
    public async Task<bool> HasHitAsync(Injection injection, FaultTarget target, CancellationToken cancel) =>
        inFlush ? injection.InFlush
        : injection is { UnderWay: > 0, Session: { } number }
            && await FaultTarget.FailsAsync(target.Sessions[number - 1], injection, cancel);
}
