using Npgsql;
using Specs.Support.Fleet;
using Specs.Support.Scheduling;

namespace Specs.Support.Faults;

/// <summary>
/// Holds one session at a time at the injection point inside its flush, in the middle of a load: that one which begins
/// its next transaction first. All others pass.
/// </summary>
/// <param name="connection">An open connection of who injects faults; it keeps the injection point closed.</param>
public sealed class HeldFlush(NpgsqlConnection connection)
{
    private const string Letter = "F";

    private Request? _request;

    private sealed record Request(
        string Settings,
        TaskCompletionSource<Session> Taken,
        Func<Session, CancellationToken, Task>? BeforeCommit
    );

    /// <summary>A transaction that lets itself be held.</summary>
    /// <param name="profile">What it does; in a block, as a setting holds for its transaction.</param>
    public TransactionProfile Around(TransactionProfile profile) => profile with
    {
        Body = async (session, iteration, cancel) =>
        {
            if (Interlocked.Exchange(ref _request, null) is not { } request)
            {
                await profile.Body(session, iteration, cancel);
                return;
            }

            var mine = session.MayCancel(cancel);
            request.Taken.SetResult(session);
            await session.ExecuteOnceAsync(request.Settings, mine);
            await profile.Body(session, iteration, mine);
            await (request.BeforeCommit?.Invoke(session, mine) ?? Task.CompletedTask);
        },
    };

    /// <summary>Closes the injection point, for as long as the connection lives.</summary>
    public Task CloseAsync() => new NpgsqlCommand(InjectionPoint.CloseSql(Letter), connection).ExecuteNonQueryAsync();

    /// <summary>Takes the next transaction that begins, without holding it.</summary>
    /// <param name="settings">SQL that it begins with.</param>
    /// <param name="beforeCommit">What it does before it commits.</param>
    /// <param name="cancel">Stops waiting for it.</param>
    /// <returns>Its session.</returns>
    public Task<Session> TakeAsync(
        string settings,
        Func<Session, CancellationToken, Task>? beforeCommit,
        CancellationToken cancel
    )
    {
        var taken = new TaskCompletionSource<Session>(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _request, new(settings, taken, beforeCommit));
        return taken.Task.WaitAsync(cancel);
    }

    /// <summary>Takes the next transaction that begins, and waits until it is held inside its flush.</summary>
    /// <param name="settings">SQL that it begins with, beside what holds it.</param>
    /// <param name="cancel">Stops waiting for it.</param>
    /// <param name="beforeCommit">What it does before it commits; null for nothing.</param>
    /// <returns>Its session, and whether it was held: not where it has ended before it came there.</returns>
    public async Task<(Session Session, bool Held)> HoldAsync(
        string settings,
        CancellationToken cancel,
        Func<Session, CancellationToken, Task>? beforeCommit = null
    )
    {
        var session = await TakeAsync($"{InjectionPoint.HoldSql(Letter)}; {settings}", beforeCommit, cancel);
        var before = session.Operations.Count;
        var held = false;
        while (!held && session.Operations.Count == before)
        {
            held = await IsHeldAsync(session, cancel);
        }

        return (session, held);
    }

    private async Task<bool> IsHeldAsync(Session session, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE pid = $1 AND NOT granted AND locktype = 'advisory' "
                + $"AND (classid::bigint << 32) + objid::bigint = {InjectionPoint.LockOf(Letter)} AND objsubid = 1)",
            connection)
        {
            Parameters = { new() { Value = session.Backend } },
        };
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }
}
