using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Npgsql;
using Shouldly;
using Specs.Support.Fleet;
using Specs.Support.Hosts;
using Specs.Support.Running;
using Specs.Support.Scheduling;

namespace Specs.Support.Drivers;

/// <summary>
/// A finding's script as a person plays it: an empty database, a psql for each column, and what stands in the columns,
/// from top to bottom. Nothing is known but the texts.
/// </summary>
/// <param name="run">The run, on whose server it is played.</param>
/// <param name="cleanUp">Ends the programs and drops the database with the scenario.</param>
/// <param name="requires">Skips the scenario where psql is missing.</param>
public sealed partial class PsqlScript(Run run, CleanUp cleanUp, Requirements requires) : IAsyncDisposable
{
    private readonly Dictionary<string, Process> _sessions = [];
    private readonly ConcurrentDictionary<string, bool> _done = [];     // the lines that they have said
    private string? _name;

    /// <summary>Makes what the script needs.</summary>
    /// <param name="setup">The file that is kept beside the script.</param>
    public async Task SetUpAsync(string setup)
    {
        requires.ClientPrograms();
        cleanUp.Own(this);
        _name = await run.Databases.CreateEmptyAsync();
        using var psql = Start("setup", "-v", "ON_ERROR_STOP=1", "-o", "/dev/null", "-f", setup);
        psql.StandardInput.Close();
        var said = await psql.StandardError.ReadToEndAsync();
        await psql.WaitForExitAsync();
        psql.ExitCode.ShouldBe(0, said);
    }

    /// <summary>Plays it to its end.</summary>
    /// <param name="script">The script.</param>
    public async Task PlayAsync(string script)
    {
        var (first, columns, steps) = Read(script);
        foreach (var column in columns)
        {
            _sessions[column] = Start(column, "-o", "/dev/null");
            Listen(_sessions[column]);
            await SendAsync(new(-1, "", column, [first]));
        }

        var waiting = new List<Cell>();
        foreach (var step in steps)
        {
            // A person waits as well until the prompt is there, or the session waits.
            waiting.AddRange(step.Until is null ? [] : [step]);
            await SendAsync(step);
            foreach (var goesOn in waiting.Where(w => w.Until == step.Number).ToList())
            {
                waiting.Remove(goesOn);
                await ShouldEndAsync(goesOn);
            }
        }

        waiting.ShouldBeEmpty();
    }

    /// <summary>Whether a TVIEW of that database differs from its query now.</summary>
    /// <param name="tviews">The queries, by the TVIEWs' names; one that is not there is left out.</param>
    public async Task<bool> DiffersAsync(IEnumerable<(string Name, string Query)> tviews)
    {
        await using var connection = await ConnectAsync();
        var (there, differs) = (0, false);
        foreach (var (name, query) in tviews)
        {
            if (await AskAsync(connection, $"SELECT to_regclass('{name}') IS NOT NULL"))
            {
                there++;
                differs |= await AskAsync(connection, $"SELECT EXISTS ((TABLE {name} EXCEPT ALL {query}) UNION ALL "
                    + $"(({query}) EXCEPT ALL TABLE {name}))");
            }
        }

        there.ShouldBePositive("none of the TVIEWs is there");
        return differs;
    }

    private async Task SendAsync(Cell step)
    {
        var input = _sessions[step.Session].StandardInput;
        await input.WriteAsync(string.Concat(step.Lines.Append($@"\warn {step.Mark}").Select(line => line + "\n")));
        await input.FlushAsync();
        if (step.Until is null)
        {
            await ShouldEndAsync(step);
            return;
        }

        await using var connection = await ConnectAsync();
        (await Poll.UntilAsync(async () => _done.ContainsKey(step.Mark) || await AskAsync(connection,
            $"SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = "
                + $"'{step.Session}' AND wait_event_type = 'Lock')"), run.Options.Timeout))
            .ShouldBeTrue($"step {step.Number} neither ends nor waits");
    }

    private async Task ShouldEndAsync(Cell step) =>
        (await Poll.UntilAsync(() => Task.FromResult(_done.ContainsKey(step.Mark)), run.Options.Timeout))
            .ShouldBeTrue($"step {step.Number} of session {step.Session} does not end");

    private void Listen(Process psql)
    {
        psql.ErrorDataReceived += (_, line) => _done[line.Data ?? ""] = true;
        psql.BeginErrorReadLine();
    }

    // psql writes to its standard error at once, whatever that is.
    private Process Start(string session, params string[] options)
    {
        var target = new NpgsqlConnectionStringBuilder(run.Databases.ConnectionTo(_name!));
        var psql = Process.Start(new ProcessStartInfo(Programs.FindClient("psql")!, ["-X", "-q", .. options,
            "-h", target.Host!, "-p", $"{target.Port}", "-U", target.Username!, _name!])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            Environment = { ["PGPASSWORD"] = target.Password, ["PGAPPNAME"] = session },
        })!;
        return psql;
    }

    private async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(run.Databases.ConnectionTo(_name!));
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<bool> AskAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (bool)(await command.ExecuteScalarAsync())!;
    }

    // What a column has behind one number, and the step after which it ends where it waits.
    private sealed record Cell(int Place, string Number, string Session, List<string> Lines)
    {
        internal string Mark => $"{Session} ended {Place}";

        internal string? Until => WaitsUntil().Match(string.Join(' ', Lines.Where(l => l.StartsWith("--",
            StringComparison.Ordinal)).Select(l => l.TrimStart('-', ' ')))) is { Success: true } until
            ? until.Groups["step"].Value : null;
    }

    private static (string First, IReadOnlyList<string> Columns, IReadOnlyList<Cell> Steps) Read(string script)
    {
        var lines = script.TrimEnd('\n').Split('\n');
        lines[0].ShouldStartWith(Script.First);
        var columns = Enumerable.Range(0, (lines[1].Length + Script.Width + 1 - Script.Margin) / (Script.Width + 2))
            .Select(i => lines[1].Skip(Script.Margin + (i * (Script.Width + 2))).Take(Script.Width))
            .Select(title => string.Concat(title).Trim())
            .ToList();
        var cells = new List<Cell>();
        foreach (var line in lines.Skip(2))
        {
            var number = line[..Math.Min(Script.Margin, line.Length)].Trim();
            var place = line.AsSpan(Script.Margin).IndexOfAnyExcept(' ') / (Script.Width + 2);
            if (number.Length > 0 || cells.Count == 0 || cells[^1].Session != columns[place])
            {
                cells.Add(new(cells.Count, number, columns[place], []));
            }

            cells[^1].Lines.Add(line[(Script.Margin + (place * (Script.Width + 2)))..]);
        }

        return (lines[0][Script.First.Length..], columns, cells);
    }

    /// <summary>Ends the programs and drops the database.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var psql in _sessions.Values)
        {
            psql.Kill();
            await psql.WaitForExitAsync();
            psql.Dispose();
        }

        _sessions.Clear();
        if (_name is not null)
        {
            run.Databases.Discard(_name);
            _name = null;
        }
    }

    [GeneratedRegex(@"\(waits for .*? until (?<step>\d+) is taken\)")]
    private static partial Regex WaitsUntil();
}
