using System.Diagnostics;
using Specs.Support.Fleet;

namespace Specs.Support.Faults;

/// <summary>
/// A limit of the server passes while a session waits inside its flush. As PostgreSQL does not count the work of COMMIT
/// for statement_timeout, the session asks for its deferred work before.
/// </summary>
/// <param name="setting">statement_timeout or lock_timeout.</param>
/// <param name="error">The SQLSTATE that comes of it.</param>
internal sealed class TimeoutInFlush(string setting, string error) : IFault
{
    // Mostly long enough to come to the flush, and to be seen there; where not, it is injected once more.
    private const string Limit = "300ms";

    public IReadOnlyCollection<string> Errors => [error];

    public bool InFlush => true;

    internal static string Sql(string setting) => $"SET LOCAL {setting} = '{Limit}'";

    public async Task<Injection> InjectAsync(FaultTarget target, CancellationToken cancel)
    {
        var (session, held) = setting == "statement_timeout"
            ? await target.Flush.HoldAsync("SELECT", cancel, async (victim, stop) =>
            {
                await victim.ExecuteOnceAsync(Sql(setting), stop);
                await victim.ExecuteOnceAsync("SET CONSTRAINTS ALL IMMEDIATE", stop);
            })
            : await target.Flush.HoldAsync(Sql(setting), cancel);
        var start = Stopwatch.GetTimestamp();
        await FaultTarget.WaitForOperationsAsync(session, session.Operations.Count + 1, cancel);
        return new("", start, Stopwatch.GetTimestamp(), session.Number, held ? 1 : 0, held);
    }
}
