using System.Net;
using System.Net.Sockets;
using System.Text;
using Specs.Support.Configuration;

namespace Specs.Support.Reports;

/// <summary>
/// The way from a run to the ./specs that started it: a socket, not a file, so that each learns when the other is gone.
/// </summary>
public sealed class ProgressSocket : IDisposable
{
    /// <summary>The variable with the socket's path.</summary>
    public const string Variable = "SPECS_PROGRESS";

    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    private ProgressSocket(string path) => At(path, _socket.Connect);

    /// <summary>
    /// Uses a socket's path by its last part, from its folder: no system takes a whole path of much more than a hundred
    /// characters, and temporary folders may lie deep. Only while a process begins, for it has one current folder.
    /// </summary>
    /// <param name="path">The path.</param>
    /// <param name="use">What to do with it.</param>
    internal static void At(string path, Action<EndPoint> use)
    {
        var before = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory(Path.GetDirectoryName(path)!);
        try
        {
            use(new UnixDomainSocketEndPoint(Path.GetFileName(path)));
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }
    }

    /// <summary>The one that <see cref="Variable"/> names; null without it.</summary>
    /// <exception cref="UserError">Nobody listens there.</exception>
    public static ProgressSocket? Open()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } path)
        {
            return null;
        }

        try
        {
            return new ProgressSocket(path);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            throw new UserError($"Nobody listens on the socket {Variable}={path} ({e.Message}); leave it out.");
        }
    }

    /// <summary>Says a line.</summary>
    public void Say(string line)
    {
        try
        {
            var bytes = Encoding.UTF8.GetBytes(line + "\n");
            lock (_socket)
            {
                for (var sent = 0; sent < bytes.Length;)
                {
                    sent += _socket.Send(bytes, sent, bytes.Length - sent, SocketFlags.None);
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Nobody reads any more, which WhenNobodyReadsAsync tells.
        }
    }

    /// <summary>Ends when the other side ends this run, or is gone.</summary>
    public async Task WhenNobodyReadsAsync()
    {
        try
        {
            // The other side never says anything.
            await _socket.ReceiveAsync(new byte[1]);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Gone as well.
        }
    }

    /// <summary>Says nothing any more.</summary>
    public void Dispose() => _socket.Dispose();
}
