using System.Net.Sockets;
using Specs.Support.Reports;

namespace Specs.Support.Cli;

/// <summary>
/// Shows on the terminal what the test host says, since `dotnet test` keeps to itself what tests print. The test host
/// ends itself when this side of the socket is closed, also by the death of this process.
/// </summary>
internal sealed class ProgressListener : IDisposable
{
    private const string ResultsLine = "results  ";
    private static readonly TimeSpan ToEnd = TimeSpan.FromSeconds(20);

    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Task _reading;
    private readonly Lock _lock = new();
    private Socket? _host;
    private bool _ended;

    internal ProgressListener(string path)
    {
        Path = path;
        ProgressSocket.At(path, _listener.Bind);
        _listener.Listen(1);
        _reading = ReadAsync();
    }

    internal string Path { get; }

    /// <summary>The file in which the test host says why it could not begin.</summary>
    internal string Refused => Path + ".refused";

    /// <summary>Whether the run has said anything.</summary>
    internal bool HasBegun { get; private set; }

    /// <summary>Whether it has told of a failure.</summary>
    internal bool HasToldOfFailure { get; private set; }

    /// <summary>Where the file of the test results belongs; null while it was not said.</summary>
    internal string? Results { get; private set; }

    /// <summary>Has the test host end itself, as after Ctrl-C.</summary>
    internal void End()
    {
        lock (_lock)
        {
            _ended = true;
            if (_host?.Connected == true)
            {
                _host.Shutdown(SocketShutdown.Send);
            }
        }
    }

    /// <summary>To be called when `dotnet test` has ended: waits until its test host has, too.</summary>
    internal async Task EndedAsync()
    {
        _listener.Dispose();        // nobody can come any more
        End();                      // where dotnet test was killed, its test host may be there still
        await Task.WhenAny(_reading, Task.Delay(ToEnd));
    }

    private async Task ReadAsync()
    {
        try
        {
            using var host = await _listener.AcceptAsync();
            lock (_lock)
            {
                _host = host;
                if (_ended)
                {
                    host.Shutdown(SocketShutdown.Send);
                }
            }

            using var lines = new StreamReader(new NetworkStream(host));
            while (await lines.ReadLineAsync() is { } line)
            {
                Note(line);
                Show(line);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // The test host is gone, or none came.
        }
    }

    private void Note(string line)
    {
        HasBegun = true;
        HasToldOfFailure |= line.StartsWith('✗');
        Results = line.StartsWith(ResultsLine, StringComparison.Ordinal) ? line[ResultsLine.Length..] : Results;
    }

    private static void Show(string line)
    {
        try
        {
            Console.WriteLine(line);
        }
        catch (IOException)
        {
            // Nobody reads the terminal any more (./specs run | head); the run goes on.
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        _host?.Dispose();
    }
}
