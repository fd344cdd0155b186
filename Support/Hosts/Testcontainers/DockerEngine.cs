using System.Net.Sockets;
using Docker.DotNet;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Images;
using Specs.Support.Configuration;
using Specs.Support.Model;

namespace Specs.Support.Hosts.Containers;

/// <summary>The Docker engine: whether it answers, what a run left there, and its refusals in words.</summary>
internal static class DockerEngine
{
    // Ours carry the folder of their run and the machine that it is on: where that folder is no more, nor is the run.
    private const string FolderLabel = "pg_tviews_specs.folder";
    private const string MachineLabel = "pg_tviews_specs.machine";
    private static readonly TimeSpan ToAnswer = TimeSpan.FromSeconds(10);

    /// <summary>The time in which a container must answer. Testcontainers would wait for an hour.</summary>
    internal static TimeSpan ToStart { get; } = TimeSpan.FromSeconds(60);

    /// <summary>Whether an engine answers that can be used.</summary>
    internal static async Task<Unsupported?> UnsupportedAsync()
    {
        if (TestcontainersSettings.OS.DockerEndpointAuthConfig is null)
        {
            return new(await NotFoundAsync());
        }

        // Testcontainers passes an engine over that does not answer and takes the next one.
        var found = TestcontainersSettings.OS.DockerEndpointAuthConfig.Endpoint;
        if (Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } named && found.OriginalString != named)
        {
            return new($"no Docker engine answers at {named}, which DOCKER_HOST names ({found} was found instead)");
        }

        using var limit = new CancellationTokenSource(ToAnswer);
        try
        {
            using var client = Client();
            await client.System.GetVersionAsync(limit.Token);
            return null;
        }
        catch (Exception e)
            when (e
                    is HttpRequestException
                        or SocketException
                        or IOException
                        or TimeoutException
                        or OperationCanceledException
            )
        {
            return new($"no Docker engine answers at {TestcontainersSettings.OS.DockerEndpointAuthConfig.Endpoint} "
                + $"({e.Message})");
        }
        catch (DockerApiException e)
        {
            return new($"the Docker engine refuses: {InWords(e, "")}");
        }
    }

    // Testcontainers takes an engine that is too old for none at all.
    private static async Task<string> NotFoundAsync()
    {
        var endpoint = Environment.GetEnvironmentVariable("DOCKER_HOST") is { Length: > 0 } host
            ? host
            : "unix:///var/run/docker.sock";
        using var limit = new CancellationTokenSource(ToAnswer);
        try
        {
            using var client = new DockerClientBuilder()
                .WithEndpoint(new Uri(endpoint))
                .WithApiVersion(new Version(1, 24))
                .Build();
            var version = (await client.System.GetVersionAsync(limit.Token)).APIVersion;
            return $"the Docker engine at {endpoint} is older than this suite's client; set "
                + $"DOCKER_API_VERSION={version}";
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or IOException or TimeoutException
            or OperationCanceledException or DockerApiException or UriFormatException or NotSupportedException)
        {
            return $"no Docker engine answers at {endpoint}";
        }
    }

    /// <summary>The labels of all that a run creates there.</summary>
    internal static Dictionary<string, string> Labels(RunFolder folder) =>
        new() { [FolderLabel] = folder.Path, [MachineLabel] = Environment.MachineName };

    /// <summary>A client of the engine that Testcontainers uses.</summary>
    internal static DockerClient Client() =>
        TestcontainersSettings.OS.DockerEndpointAuthConfig.GetDockerClientBuilder(Guid.Empty).Build();

    /// <summary>
    /// Whether ports of containers can be reached on this machine's loopback, and so need not be open to others.
    /// </summary>
    internal static bool IsHere =>
        Environment.GetEnvironmentVariable("TESTCONTAINERS_HOST_OVERRIDE") is { Length: > 0 } host
            ? host is "localhost" or "127.0.0.1"
            : TestcontainersSettings.OS.DockerEndpointAuthConfig.Endpoint.Scheme is "unix" or "npipe"
                && !File.Exists("/.dockerenv");

    /// <summary>
    /// Removes what runs of this machine left whose folder is no more; for the folder of a run, what that run has.
    /// </summary>
    /// <param name="folder">The run's folder; null for those of all runs that have ended.</param>
    internal static async Task RemoveAsync(RunFolder? folder)
    {
        using var client = Client();
        var filters = new Dictionary<string, IDictionary<string, bool>>
        {
            ["label"] = new Dictionary<string, bool> { [$"{MachineLabel}={Environment.MachineName}"] = true },
        };
        bool IsDue(IDictionary<string, string> labels) =>
            labels.TryGetValue(FolderLabel, out var path)
            && (folder is null ? !Directory.Exists(path) : path == folder.Path);
        foreach (var container in await client.Containers.ListContainersAsync(new() { All = true, Filters = filters }))
        {
            if (IsDue(container.Labels))
            {
                await client.Containers.RemoveContainerAsync(
                    container.ID,
                    new() { Force = true, RemoveVolumes = true }
                );
            }
        }

        foreach (var network in await client.Networks.ListNetworksAsync(new() { Filters = filters }))
        {
            if (IsDue(network.Labels))
            {
                await client.Networks.DeleteNetworkAsync(network.ID);
            }
        }
    }

    /// <summary>Does something with the engine and turns its refusals into sentences.</summary>
    /// <param name="image">The image that is concerned.</param>
    /// <param name="work">What to do.</param>
    /// <param name="log">The end of the container's log, for when it does not start.</param>
    internal static async Task TryAsync(string image, Func<Task> work, Func<Task<string>>? log = null)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (e is DockerUnavailableException or HttpRequestException or SocketException)
        {
            throw new UserError($"No Docker engine answers ({e.Message.Split('\n')[0]}); start one, name it in "
                + "DOCKER_HOST, or use '--host local'.");
        }
        catch (DockerApiException e)
        {
            throw new UserError(InWords(e, image));
        }
        catch (ImageBuildFailedException e)
        {
            throw new UserError($"The image of PgBouncer could not be built ({OneLine(e.Message)}); name a ready one "
                + "in SPECS_PGBOUNCER_IMAGE.");
        }
        catch (Exception e)
            when (e is TimeoutException or RetryLimitExceededException
                || e.GetType().Name == "ContainerNotRunningException"
            )
        {
            throw new UserError(
                $"A container of the image {image} did not start within {ToStart.TotalSeconds:0} s; its log ends: "
                    + (log is null ? OneLine(e.Message) : await log())
            );
        }
    }

    private static string InWords(DockerApiException e, string image) =>
        e.Message switch
        {
            var m when m.Contains("too new", StringComparison.Ordinal) =>
                $"The Docker engine is older than this suite's client ({OneLine(m)}); set DOCKER_API_VERSION to the "
                    + "newest that it supports, for example 1.41.",
            var m
                when m.Contains("no matching manifest", StringComparison.Ordinal)
                    || m.Contains("exec format error", StringComparison.Ordinal) =>
                $"The image {image} is not for this machine's architecture; name another one in SPECS_PG_IMAGE or "
                    + "SPECS_PGBOUNCER_IMAGE.",
            var m
                when image.Length > 0
                    && (
                        e.StatusCode
                        is System.Net.HttpStatusCode.NotFound
                            or System.Net.HttpStatusCode.InternalServerError
                    ) =>
                $"The image {image} could not be had ({OneLine(m)}); pull it by hand, name another one in "
                    + "SPECS_PG_IMAGE or SPECS_PGBOUNCER_IMAGE, or use '--host local'.",
            var m => $"The Docker engine refused ({OneLine(m)}).",
        };

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();
}
