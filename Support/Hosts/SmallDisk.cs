namespace Specs.Support.Hosts;

/// <summary>A small file system of a server's machine, for a tablespace: it can be filled and emptied.</summary>
/// <param name="folder">Where it is mounted; the server's user owns it.</param>
/// <param name="runAsync">Runs a command of the shell on that machine, with the rights to do all this.</param>
/// <param name="unmountAsync">Takes it away.</param>
public sealed class SmallDisk(string folder, Func<string, Task> runAsync, Func<Task> unmountAsync) : IAsyncDisposable
{
    /// <summary>How large it is; a database of a scenario takes about a fifth of it.</summary>
    internal const string Size = "64m";

    /// <summary>Where it is, for the server.</summary>
    public string Folder => folder;

    /// <summary>Takes all room that is left.</summary>
    public Task FillAsync() => runAsync($"dd if=/dev/zero of='{folder}/ballast' bs=8192 2>/dev/null || true");

    /// <summary>Gives that room back.</summary>
    public Task EmptyAsync() => runAsync($"rm -f '{folder}/ballast'");

    /// <summary>Takes it away; nothing may be there any more.</summary>
    public async ValueTask DisposeAsync() => await unmountAsync();
}
