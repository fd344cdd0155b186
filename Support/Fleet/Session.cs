using System.Data;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Npgsql;

namespace Specs.Support.Fleet;

/// <summary>One held server connection with its own random numbers and its own part of the history.</summary>
public sealed partial class Session : IAsyncDisposable
{
    private const int MostWarnings = 20;

    private readonly NpgsqlConnection _connection;
    private readonly string? _name;
    private readonly bool _prepares;
    private readonly Dictionary<string, NpgsqlCommand> _commands = [];
    private readonly List<Operation> _operations = [];
    private readonly List<string> _warnings = [];

    internal Session(int number, int seed, NpgsqlDataSource source, Route route)
    {
        Number = number;
        Random = SeededRandom.For(seed, number);
        _connection = source.CreateConnection();
        _name = route.NamesSessions ? route.NameOf(number) : null;
        _prepares = route.Prepares;
        _connection.Notice += (_, e) => Note(e.Notice);
    }

    /// <summary>The session's number in its fleet, from 1.</summary>
    public int Number { get; }

    /// <summary>The session's own random numbers, drawn from the run's seed.</summary>
    public Random Random { get; }

    /// <summary>
    /// Whether it records what succeeds, as it always should; without that one can tell what recording costs.
    /// </summary>
    public bool RecordsSuccess { get; set; } = true;

    /// <summary>What this session did so far, in order.</summary>
    public IReadOnlyList<Operation> Operations => _operations;

    /// <summary>The warnings that the server has sent since this was asked last.</summary>
    internal IReadOnlyList<string> TakeWarnings()
    {
        IReadOnlyList<string> taken = [.. _warnings];
        _warnings.Clear();
        return taken;
    }

    // Of class 01 only: what PostgreSQL itself says of BEGIN in a transaction, or COMMIT outside one, is of class 25.
    private void Note(PostgresNotice notice)
    {
        if (_warnings.Count < MostWarnings && notice.InvariantSeverity == "WARNING"
            && notice.SqlState.StartsWith("01", StringComparison.Ordinal))
        {
            _warnings.Add(notice.MessageText);
        }
    }

    /// <summary>
    /// Makes room for the records of so many more operations: while sessions work, no list should grow.
    /// </summary>
    internal void Expect(int operations) => _operations.EnsureCapacity(_operations.Count + operations);

    /// <summary>Runs one statement, prepared at its first use where the route allows that.</summary>
    /// <param name="sql">The statement, with $1, $2 … for its values.</param>
    /// <param name="cancel">Stops waiting for it.</param>
    /// <param name="values">The values.</param>
    /// <returns>The first column of the first row, or null.</returns>
    public async Task<object?> ExecuteAsync(string sql, CancellationToken cancel, params object[] values)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = new NpgsqlCommand(sql, _connection);
            foreach (var value in values)
            {
                command.Parameters.Add(new NpgsqlParameter { Value = value });
            }

            if (_prepares)
            {
                await command.PrepareAsync(cancel);
            }

            _commands.Add(sql, command);
        }

        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        return await command.ExecuteScalarAsync(cancel);
    }

    /// <summary>Runs one statement that will not come again: it is neither prepared nor kept.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="cancel">Stops waiting for it.</param>
    /// <returns>The first column of the first row, or null.</returns>
    public async Task<object?> ExecuteOnceAsync(string sql, CancellationToken cancel)
    {
        if (_prepares && sql.EndsWith("DISCARD ALL", StringComparison.Ordinal))
        {
            // What the server forgets, Npgsql would believe to be prepared.
            _connection.UnprepareAll();
        }

        await using var command = new NpgsqlCommand(sql, _connection);
        return await command.ExecuteScalarAsync(cancel);
    }

    /// <summary>
    /// Runs statements in one round trip; those behind one that fails are left out. Not prepared explicitly, nor kept.
    /// </summary>
    /// <param name="sql">The statements; one that is several is sent alone.</param>
    /// <param name="cancel">Stops waiting for them.</param>
    internal async Task ExecuteTogetherAsync(IReadOnlyList<string> sql, CancellationToken cancel)
    {
        if (sql.Count <= 1 || sql.Any(s => s.Contains(';', StringComparison.Ordinal)))
        {
            foreach (var statement in sql)
            {
                await ExecuteOnceAsync(statement, cancel);
            }

            return;
        }

        await using var batch = new NpgsqlBatch(_connection);
        foreach (var statement in sql)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(statement));
        }

        await batch.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Runs COPY … FROM STDIN.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="rows">What it reads, in its text format.</param>
    /// <param name="cancel">Stops waiting for it.</param>
    public async Task CopyAsync(string sql, string rows, CancellationToken cancel)
    {
        await using var copy = await _connection.BeginTextImportAsync(sql, cancel);
        await copy.WriteAsync(rows.AsMemory(), cancel);
    }

    /// <summary>The same, now.</summary>
    internal Task<bool> RunAsync(TransactionProfile transaction, int iteration, CancellationToken cancel) =>
        RunAsync(transaction, iteration, null, cancel).AsTask();

    /// <summary>Runs one transaction, tries it again where the policy allows that, and records every attempt.</summary>
    /// <param name="transaction">What it does, and how.</param>
    /// <param name="iteration">Its number within the session, from 1.</param>
    /// <param name="due">When it should begin, in ticks of Stopwatch; null for now.</param>
    /// <param name="cancel">Stops waiting for it.</param>
    /// <returns>Whether the session can go on: false where its connection broke.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))] // once an operation: it must not cost memory
    internal async ValueTask<bool> RunAsync(
        TransactionProfile transaction,
        int iteration,
        long? due,
        CancellationToken cancel
    )
    {
        for (var attempt = 1; ; attempt++)
        {
            var start = Stopwatch.GetTimestamp();
            try
            {
                await AttemptAsync(transaction, iteration, cancel);
                Record(transaction.Kind, due, start, Outcome.Ok, null, attempt, false);
                return true;
            }
            catch (PostgresException e) when (IsAnswer(e))
            {
                var goesOn = await GoesOnAsync(cancel);
                var again = goesOn && transaction.Retry.Allows(e.SqlState, attempt);
                Record(
                    transaction.Kind,
                    due,
                    start,
                    transaction.Declared.Contains(e.SqlState) ? Outcome.Refused : Outcome.Failed,
                    e,
                    attempt,
                    again
                );
                if (!again)
                {
                    return goesOn;
                }

                // By the clock: no event tells when those with whom it collided will not be in the way.
                await Task.Delay(RetryPolicy.Pause(Number, attempt), cancel);
            }
            catch (NpgsqlException e) when (!cancel.IsCancellationRequested)
            {
                Record(transaction.Kind, due, start, Outcome.Indeterminate, e, attempt, false);
                return false;
            }
            catch (OperationCanceledException e) when (e.InnerException is PostgresException answer && HasCancelled)
            {
                Record(transaction.Kind, due, start, Outcome.Failed, answer, attempt, false);
                return await GoesOnAsync(cancel);
            }
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask AttemptAsync(TransactionProfile transaction, int iteration, CancellationToken cancel)
    {
        EndCancel();
        if (transaction.Isolation is not { } isolation)
        {
            try
            {
                await transaction.Body(this, iteration, cancel);
            }
            catch (PostgresException) when (_connection.State == ConnectionState.Open)
            {
                await ExecuteOnceAsync("ROLLBACK", cancel);     // the body may have begun a block of its own
                throw;
            }

            return;
        }

        await using var block = await _connection.BeginTransactionAsync(isolation, cancel);
        await transaction.Body(this, iteration, cancel);
        await block.CommitAsync(_own?.Token ?? cancel);
    }

    private void Record(
        string kind,
        long? due,
        long start,
        Outcome outcome,
        NpgsqlException? e,
        int attempt,
        bool retried
    )
    {
        if (outcome != Outcome.Ok || RecordsSuccess)
        {
            _operations.Add(
                new Operation(
                    Number,
                    kind,
                    start,
                    Stopwatch.GetTimestamp(),
                    outcome,
                    (e as PostgresException)?.SqlState,
                    attempt,
                    retried,
                    (e as PostgresException)?.MessageText ?? e?.Message
                )
                {
                    Due = due,
                }
            );
        }
    }

    /// <summary>Closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var command in _commands.Values)
        {
            await command.DisposeAsync();
        }

        await _connection.DisposeAsync();
    }
}
