using Specs.Support.Configuration;

namespace Specs.Support.Hosts;

/// <summary>
/// Gives an extension's package to a server of this machine without changing the machine's own files.
/// </summary>
internal static class PackageOverlay
{
    /// <summary>
    /// Copies PostgreSQL's programs and lays the package over the copy, so that the machine's own stays as it is.
    /// PostgreSQL finds its folders by the place of its programs, so the copy is arranged as the original.
    /// </summary>
    /// <param name="package">The package.</param>
    /// <param name="programs">The folder of initdb and postgres.</param>
    /// <param name="folder">Where the copy goes.</param>
    /// <returns>The folder of initdb and postgres in the copy.</returns>
    internal static async Task<string> LayOverAsync(ExtensionPackage package, string programs, string folder)
    {
        var top = Path.GetDirectoryName(programs)!;
        var share = await ShareFolderAsync(programs);
        foreach (
            var original in new[] { top, share }
                .Distinct()
                .Where(f => f == top || !f.StartsWith(top + '/', StringComparison.Ordinal))
        )
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder + original)!);
            var (code, output) = await Programs.RunAsync("cp", ["-RL", original, folder + original], false);
            if (code != 0)
            {
                throw new UserError($"PostgreSQL's files in {original} cannot be copied ({output.Trim()}), and the "
                    + "extension is laid over a copy only.");
            }
        }

        // Where its own language is, there its extensions are.
        var libraries = Directory.GetFiles(folder + top, "plpgsql.*", SearchOption.AllDirectories)
            .First(f => Path.GetExtension(f) is ".so" or ".dylib");
        Array.ForEach(
            [.. package.Scripts],
            s => File.Copy(s, Path.Combine(folder + share, "extension", Path.GetFileName(s)), true)
        );
        Array.ForEach(
            [.. package.Libraries],
            l => File.Copy(l, Path.Combine(Path.GetDirectoryName(libraries)!, Path.GetFileName(l)), true)
        );
        return folder + programs;
    }

    private static async Task<string> ShareFolderAsync(string programs)
    {
        const string line = "share_path=";
        var (_, output) = await Programs.RunAsync(Path.Combine(programs, "initdb"), ["--show", "-D", "/nowhere"], true);
        return output
                .Split('\n')
                .FirstOrDefault(l => l.StartsWith(line, StringComparison.Ordinal))
                ?[line.Length..].Trim()
            ?? throw new UserError($"{programs}/initdb does not say where PostgreSQL's files are: {output.Trim()}");
    }
}
