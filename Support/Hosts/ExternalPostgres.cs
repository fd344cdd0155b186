using Npgsql;

namespace Specs.Support.Hosts;

/// <summary>Somebody's server. Nothing is done there outside databases that the run creates and drops.</summary>
internal sealed class ExternalPostgres(string connection) : IPostgresHost
{
    private readonly NpgsqlConnectionStringBuilder _builder = new(connection) { Pooling = false };

    public string Name => $"external ({_builder.Host}:{_builder.Port})";

    public string Admin => _builder.ConnectionString;

    public bool CanRestart => false;

    public long LogLength => 0;

    public string? ReadLog(long from) => null;

    public Task StartAsync() => throw new NotSupportedException("An external server is not the suite's to start.");

    public Task StopAsync() => throw new NotSupportedException("An external server is not the suite's to stop.");

    public Task KillAsync() => throw new NotSupportedException("An external server is not the suite's to kill.");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
