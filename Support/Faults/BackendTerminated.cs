using Specs.Support.Fleet;

namespace Specs.Support.Faults;

/// <summary>An operator, or a failover tool, ends the server process of a session.</summary>
/// <param name="inFlush">Whether it is held inside its flush then; if not, it is drawn.</param>
internal sealed class BackendTerminated(bool inFlush) : IFault
{
    internal const string Sql = "SELECT pg_terminate_backend(pid)";

    public IReadOnlyCollection<string> Errors => ["57P01"];

    public bool InFlush => inFlush;

    public Task<Injection> InjectAsync(FaultTarget target, CancellationToken cancel) =>
        BackendSignal.SendAsync("pg_terminate_backend", inFlush, target, cancel);
}
