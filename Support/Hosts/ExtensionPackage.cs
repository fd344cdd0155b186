using Specs.Support.Configuration;
using Specs.Support.Engines;

namespace Specs.Support.Hosts;

/// <summary>
/// The packaged files of an extension, as `cargo pgrx package` leaves them: a control file, SQL scripts and, unless it is
/// written in SQL alone, a library. Where they lie in the folder does not matter; where they belong, the server says.
/// </summary>
/// <param name="Scripts">The control file and the SQL.</param>
/// <param name="Libraries">The library; none or one.</param>
internal sealed record ExtensionPackage(IReadOnlyList<string> Scripts, IReadOnlyList<string> Libraries)
{
    /// <summary>The value of shared_preload_libraries with which the server loads it.</summary>
    internal string Preload => Libraries.Count == 0 ? "" : ExtensionEngine.Extension;

    /// <summary>All its files.</summary>
    internal IEnumerable<string> Files => Scripts.Concat(Libraries);

    /// <summary>Finds the files.</summary>
    /// <param name="folder">The package's folder.</param>
    /// <exception cref="UserError">It has none.</exception>
    internal static ExtensionPackage Read(string folder)
    {
        const string name = ExtensionEngine.Extension;
        if (!Directory.Exists(folder))
        {
            throw new UserError($"SPECS_EXTENSION={folder} is not a folder; name the one that 'cargo pgrx package' wrote.");
        }

        string[] Find(params string[] patterns) => [.. patterns.SelectMany(p => Directory.GetFiles(folder, p, SearchOption.AllDirectories))];
        var control = Find($"{name}.control");
        return control.Length == 1 ? new([.. control, .. Find($"{name}--*.sql")], Find($"{name}.so", $"{name}.dylib"))
            : throw new UserError($"SPECS_EXTENSION={folder} holds {control.Length} files {name}.control; name the folder of one package, as 'cargo pgrx package' wrote it.");
    }

    /// <summary>
    /// Copies PostgreSQL's programs and lays the package over the copy, so that the machine's own stays as it is.
    /// PostgreSQL finds its folders by the place of its programs, so the copy is arranged as the original.
    /// </summary>
    /// <param name="programs">The folder of initdb and postgres.</param>
    /// <param name="folder">Where the copy goes.</param>
    /// <returns>The folder of initdb and postgres in the copy.</returns>
    internal async Task<string> LayOverAsync(string programs, string folder)
    {
        var top = Path.GetDirectoryName(programs)!;
        var share = await ShareFolderAsync(programs);
        foreach (var original in new[] { top, share }.Distinct().Where(f => f == top || !f.StartsWith(top + '/', StringComparison.Ordinal)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder + original)!);
            var (code, output) = await Programs.RunAsync("cp", ["-RL", original, folder + original], false);
            if (code != 0)
            {
                throw new UserError($"PostgreSQL's files in {original} cannot be copied ({output.Trim()}), and the extension is laid over a copy only.");
            }
        }

        // Where its own language is, there its extensions are.
        var libraries = Directory.GetFiles(folder + top, "plpgsql.*", SearchOption.AllDirectories)
            .First(f => Path.GetExtension(f) is ".so" or ".dylib");
        Array.ForEach([.. Scripts], s => File.Copy(s, Path.Combine(folder + share, "extension", Path.GetFileName(s)), true));
        Array.ForEach([.. Libraries], l => File.Copy(l, Path.Combine(Path.GetDirectoryName(libraries)!, Path.GetFileName(l)), true));
        return folder + programs;
    }

    private static async Task<string> ShareFolderAsync(string programs)
    {
        const string line = "share_path=";
        var (_, output) = await Programs.RunAsync(Path.Combine(programs, "initdb"), ["--show", "-D", "/nowhere"], true);
        return output.Split('\n').FirstOrDefault(l => l.StartsWith(line, StringComparison.Ordinal))?[line.Length..].Trim()
            ?? throw new UserError($"{programs}/initdb does not say where PostgreSQL's files are: {output.Trim()}");
    }
}
