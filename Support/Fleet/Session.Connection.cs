using System.Data;
using Npgsql;

namespace Specs.Support.Fleet;

/// <summary>What becomes of a session's connection: how it opens, ends and opens again.</summary>
public sealed partial class Session
{
    private CancellationTokenSource? _own;

    /// <summary>The server process of its connection, the last one where there is none now.</summary>
    public int Backend { get; private set; }

    // Whether it has cancelled the transaction that is under way, or was the last one.
    private bool HasCancelled => _own?.IsCancellationRequested == true;

    internal async Task OpenAsync(CancellationToken cancel)
    {
        await _connection.OpenAsync(cancel);
        await BeginAsync(cancel);
    }

    /// <summary>
    /// Opens another connection in place of one that broke, as soon as the server takes it. What the session records
    /// goes on.
    /// </summary>
    /// <param name="cancel">Stops waiting for it.</param>
    /// <exception cref="NpgsqlException">The server refused it, or did not answer within a minute.</exception>
    internal async Task ReopenAsync(CancellationToken cancel)
    {
        _commands.Clear();
        if (_connection.State != ConnectionState.Open)
        {
            await Recovery.OpenAsync(_connection, cancel);
        }

        await BeginAsync(cancel);
    }

    private async Task BeginAsync(CancellationToken cancel)
    {
        Backend = _connection.ProcessID;
        if (_name is not null)
        {
            await ExecuteOnceAsync($"SET application_name = '{_name}'", cancel);
        }
    }

    /// <summary>
    /// From now on, until its end, the transaction that is under way can be cancelled by its own client.
    /// </summary>
    /// <param name="cancel">What would stop waiting for it otherwise.</param>
    /// <returns>What its statements must be given instead of that.</returns>
    internal CancellationToken MayCancel(CancellationToken cancel)
    {
        _own = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        return _own.Token;
    }

    /// <summary>The client's own cancel: the driver sends a cancel request for what is under way.</summary>
    internal Task CancelAsync() => _own?.CancelAsync() ?? Task.CompletedTask;

    // That transaction has ended.
    private void EndCancel()
    {
        _own?.Dispose();
        _own = null;
    }

    // The server has said that the transaction failed, and would go on with the session.
    private bool IsAnswer(PostgresException e) =>
        _connection.State == ConnectionState.Open || e.InvariantSeverity == "ERROR";

    /// <summary>
    /// Opens the connection again where Npgsql has closed it: it does so after an internal error (XX000), although the
    /// server would go on.
    /// </summary>
    /// <param name="cancel">Stops waiting for it.</param>
    /// <returns>Whether the session can go on.</returns>
    internal async ValueTask<bool> GoesOnAsync(CancellationToken cancel)
    {
        if (_connection.State == ConnectionState.Open)
        {
            return true;
        }

        try
        {
            _commands.Clear();
            await OpenAsync(cancel);
            return true;
        }
        catch (NpgsqlException) when (!cancel.IsCancellationRequested)
        {
            return false;   // the server, or the pooler, is gone meanwhile
        }
    }
}
