using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Specs.Support.Hosts;

namespace Specs.Support.Reports;

/// <summary>
/// A headless Chromium that looks at a page, over its DevTools protocol. The browser drivers of the registry bring
/// hundreds of megabytes; these few calls need none of them.
/// </summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly string[] Names =
    [
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "microsoft-edge",
    ];

    private readonly Process _process;
    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> _asked = new();
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _reader = Task.CompletedTask;
    private Task _complaints = Task.CompletedTask;
    private string? _session;
    private int _number;

    private Chromium(Process process) => _process = process;

    /// <summary>The program; null where there is none in PATH.</summary>
    public static string? Program { get; } = Names.Select(Programs.Find).FirstOrDefault(p => p is not null);

    /// <summary>What the page wrote to the console, its uncaught errors and what the browser complained of.</summary>
    public ConcurrentQueue<string> Console { get; } = new();

    /// <summary>The addresses that were asked for.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Opens a page and waits until it is loaded.</summary>
    /// <param name="file">The page.</param>
    /// <param name="scripts">Whether its scripts may run.</param>
    /// <param name="profile">A folder for the browser's own files; removed by whoever made it.</param>
    public static async Task<Chromium> OpenAsync(string file, bool scripts, string profile)
    {
        using var late = new CancellationTokenSource(Limit);
        var start = new ProcessStartInfo(
            Program!,
            [
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--remote-debugging-port=0",
                $"--user-data-dir={profile}/",
                "about:blank",
            ]
        )
        {
            RedirectStandardError = true,
        };
        var browser = new Chromium(Process.Start(start)!);
        try
        {
            await browser.ConnectAsync(late.Token);
            foreach (var domain in new[] { "Runtime", "Log", "Network", "Page" })
            {
                await browser.CallAsync(domain + ".enable", []);
            }

            await browser.CallAsync("Emulation.setScriptExecutionDisabled", new() { ["value"] = !scripts });
            await browser.CallAsync("Page.navigate", new() { ["url"] = new Uri(file).AbsoluteUri });
            await browser._loaded.Task.WaitAsync(late.Token);
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    /// <summary>The value of an expression in the page.</summary>
    /// <exception cref="InvalidOperationException">The expression failed.</exception>
    public async Task<T> AskAsync<T>(string expression)
    {
        var answer = await CallAsync(
            "Runtime.evaluate",
            new() { ["expression"] = expression, ["returnByValue"] = true }
        );
        return answer["exceptionDetails"] is { } error
            ? throw new InvalidOperationException($"{expression}: {error}")
            : answer["result"]!["value"]!.Deserialize<T>()!;
    }

    /// <summary>Makes the window so wide.</summary>
    /// <param name="width">In pixels.</param>
    public Task ResizeAsync(int width) => CallAsync("Emulation.setDeviceMetricsOverride", new()
    {
        ["width"] = width,
        ["height"] = 800,
        ["deviceScaleFactor"] = 1,
        ["mobile"] = false,
    });

    private async Task ConnectAsync(CancellationToken cancel)
    {
        string? line;
        do
        {
            line =
                await _process.StandardError.ReadLineAsync(cancel)
                ?? throw new InvalidOperationException($"{Program} ended before it listened.");
        } while (!line.StartsWith("DevTools listening on ", StringComparison.Ordinal));
        // a full pipe would stop the browser
        _complaints = _process.StandardError.ReadToEndAsync(CancellationToken.None);
        await _socket.ConnectAsync(new Uri(line["DevTools listening on ".Length..]), cancel);
        _reader = Task.Run(ReadAsync, CancellationToken.None);
        var target = await CallAsync("Target.createTarget", new() { ["url"] = "about:blank" });
        _session = (string?)
            (
                await CallAsync(
                    "Target.attachToTarget",
                    new() { ["targetId"] = (string?)target["targetId"], ["flatten"] = true }
                )
            )["sessionId"];
    }

    private async Task<JsonNode> CallAsync(string method, JsonObject parameters)
    {
        var call = new JsonObject { ["id"] = ++_number, ["method"] = method, ["params"] = parameters };
        if (_session is not null)
        {
            call["sessionId"] = _session;
        }

        var answer = _asked[_number] = new TaskCompletionSource<JsonNode>(
            TaskCreationOptions.RunContinuationsAsynchronously
        );
        await _socket.SendAsync(Encoding.UTF8.GetBytes(call.ToJsonString()), WebSocketMessageType.Text, true, default);
        return await answer.Task.WaitAsync(Limit);
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[1 << 16];
        using var message = new MemoryStream();
        while (_socket.State == WebSocketState.Open)
        {
            try
            {
                var part = await _socket.ReceiveAsync(buffer, default);
                message.Write(buffer, 0, part.Count);
                if (part.EndOfMessage && message.Length > 0)
                {
                    Take(JsonNode.Parse(message.ToArray())!);
                    message.SetLength(0);
                }
            }
            catch (WebSocketException)
            {
                break;      // the browser was ended
            }
        }
    }

    private void Take(JsonNode message)
    {
        if (message["id"] is { } id && _asked.TryRemove((int)id, out var asked))
        {
            if (message["error"] is { } error)
            {
                asked.SetException(new InvalidOperationException(error.ToJsonString()));
            }
            else
            {
                asked.SetResult(message["result"]!);
            }
        }

        switch ((string?)message["method"])
        {
            case "Runtime.consoleAPICalled" or "Runtime.exceptionThrown" or "Log.entryAdded":
                Console.Enqueue(message["params"]!.ToJsonString());
                break;
            case "Network.requestWillBeSent":
                Requests.Enqueue((string)message["params"]!["request"]!["url"]!);
                break;
            case "Page.loadEventFired":
                _loaded.TrySetResult();
                break;
        }
    }

    /// <summary>Ends the browser.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        await Task.WhenAll(_reader, _complaints);
        _socket.Dispose();
        _process.Dispose();
    }
}
