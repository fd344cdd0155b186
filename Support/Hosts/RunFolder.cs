using System.Diagnostics;
using System.Globalization;

namespace Specs.Support.Hosts;

/// <summary>
/// The one temporary folder of a run: data, sockets, pooler files. It says who owns it, so that a later run can clear
/// away what a killed one left, and nothing else.
/// </summary>
internal sealed class RunFolder
{
    /// <summary>How the names of these folders begin.</summary>
    internal const string Prefix = "pg_tviews_specs.";

    private const string Memory = "/dev/shm";

    // The databases of a run and their write-ahead log take about one.
    private const long Room = 4L << 30;

    internal RunFolder(string runId)
    {
        Path = System.IO.Path.Combine(Root, Prefix + runId);
        Directory.CreateDirectory(Path);
        File.WriteAllText(Owner(Path), $"{Environment.ProcessId} {StartOf(Environment.ProcessId)}");
        if (!OperatingSystem.IsWindows())
        {
            // Others may pass through: servers run as another user when the suite is root.
            File.SetUnixFileMode(Path, (UnixFileMode)0b111_001_001);
        }
    }

    /// <summary>
    /// Where such folders are made: in memory where there is room, because a file system takes most of the time to make
    /// and drop databases of hundreds of files; what is killed loses nothing there. TMPDIR says otherwise.
    /// </summary>
    internal static string Root { get; } =
        Environment.GetEnvironmentVariable("TMPDIR") is null or "" && HasRoom(Memory)
            ? Memory : System.IO.Path.GetTempPath();

    /// <summary>Whether that is in memory, also where the command gave its own folder to the test host.</summary>
    internal static bool IsInMemory => Root.StartsWith(Memory + "/", StringComparison.Ordinal) || Root == Memory;

    internal string Path { get; }

    /// <summary>
    /// What else of the run is to be ended, before the folder goes: what runs elsewhere than in processes here.
    /// </summary>
    internal List<Action> Elsewhere { get; } = [];

    /// <summary>Ends the servers and removes the folders of runs whose process is no more.</summary>
    /// <returns>What was cleared away, a line each.</returns>
    internal static IEnumerable<string> SweepOthers()
    {
        // With a TMPDIR, or where there was no room just then, they were made elsewhere.
        foreach (var folder in new[] { Memory, System.IO.Path.GetTempPath() }.Where(Directory.Exists)
            .SelectMany(f => Directory.GetDirectories(f, Prefix + "*")))
        {
            if (!IsAlive(folder))
            {
                Remove(folder);
                yield return $"cleared away what an earlier run left: {folder}";
            }
        }
    }

    /// <summary>Ends what still runs from this folder, and removes it.</summary>
    internal void Remove()
    {
        Elsewhere.ForEach(end => end());
        Remove(Path);
    }

    private static void Remove(string folder)
    {
        // A killed process may write its last file after the folder was listed, and a signal may come while a server
        // is being started or stopped: so until nothing is there any more.
        for (var attempt = 1; Directory.Exists(folder); attempt++)
        {
            foreach (var id in File.Exists("/proc/self/cmdline") ? ProcessesOf(folder) : [])
            {
                Kill(id);
            }

            foreach (var segment in SegmentsOf(folder))
            {
                Run("ipcrm", "-m", segment);
            }

            foreach (var mount in Read("/proc/self/mounts").Split('\n').Select(l => l.Split(' ').ElementAtOrDefault(1))
                .Where(m => m?.StartsWith(folder + "/", StringComparison.Ordinal) == true))
            {
                Run("umount", "-l", mount!);
            }

            try
            {
                Directory.Delete(folder, true);
            }
            catch (Exception e) when (e is (IOException or UnauthorizedAccessException) && attempt < 100)
            {
                Thread.Sleep(50);
            }
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardError = true,       // somebody else may have done it
        });
        process!.WaitForExit();
    }

    /// <summary>
    /// The ids of the shared memory segments of the servers below a folder that have not ended by themselves: a killed
    /// server leaves its own, and it would stay until the machine is started anew.
    /// </summary>
    internal static IEnumerable<string> SegmentsOf(string folder) =>
        from file in Directory.EnumerateFiles(folder, "postmaster.pid", SearchOption.AllDirectories)
        let line = File.ReadLines(file).ElementAtOrDefault(6)?.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        where line?.Length == 2
        select line[1];

    private static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
            process.WaitForExit(5000);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // It ended by itself in between, which is what was wanted.
        }
    }

    /// <summary>The processes that name the folder in their command line, and their children.</summary>
    internal static List<int> ProcessesOf(string folder)
    {
        var all = Processes().Where(id => id != Environment.ProcessId).ToList();
        var parents = all.Where(id => Read($"/proc/{id}/cmdline").Contains(folder + "/", StringComparison.Ordinal))
            .ToList();
        var children = all.Where(id => parents.Contains(ParentOf(id)));
        return [.. parents, .. children];
    }

    // Programs run from there too.
    private static bool HasRoom(string folder) =>
        File.Exists("/proc/mounts")
        && File.ReadLines("/proc/mounts").Select(l => l.Split(' ')).Any(m => m[1] == folder && m[2] == "tmpfs"
            && m[3].Split(',') is var how && how.Contains("rw") && !how.Contains("noexec"))
        && new DriveInfo(folder).AvailableFreeSpace > Room;

    /// <summary>The children of a process. (The kernel's own list of them leaves some out while others end.)</summary>
    internal static IEnumerable<int> ChildrenOf(int parent) => Processes().Where(id => ParentOf(id) == parent);

    private static IEnumerable<int> Processes() =>
        from folder in Directory.GetDirectories("/proc")
        let name = System.IO.Path.GetFileName(folder)
        where int.TryParse(name, out _)
        select int.Parse(name, CultureInfo.InvariantCulture);

    private static bool IsAlive(string folder)
    {
        var owner = Read(Owner(folder)).Split(' ');
        return owner.Length == 2 && int.TryParse(owner[0], out var id) && StartOf(id) == owner[1];
    }

    private static string Owner(string folder) => System.IO.Path.Combine(folder, "owner");

    private static int ParentOf(int id) => int.TryParse(StatOf(id, 3), out var parent) ? parent : 0;

    // A process id is given again; together with its start time it is unique.
    private static string StartOf(int id) => StatOf(id, 21);

    private static string StatOf(int id, int field)
    {
        // The second field is the program's name in parentheses and may hold blanks.
        var stat = Read($"/proc/{id}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length > field - 2 ? fields[field - 2] : "";
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file).Replace('\0', ' ').Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
