using Npgsql;

namespace Specs.Support.Fleet;

/// <summary>How sessions reach the server.</summary>
/// <param name="Name">For the banner and the metrics, for example "direct".</param>
/// <param name="ConnectionString">Holds a password: never print it.</param>
/// <param name="Prepares">Whether statements are prepared explicitly.</param>
/// <param name="Admin">A direct way to the same database, for looking at stalled sessions.</param>
public sealed record Route(string Name, string ConnectionString, bool Prepares, string Admin)
{
    /// <summary>Straight to the server, one connection for each session.</summary>
    /// <param name="database">The connection string of the database.</param>
    /// <param name="applicationName">Carried by every session: run, scenario.</param>
    public static Route Direct(string database, string applicationName)
    {
        var builder = new NpgsqlConnectionStringBuilder(database)
        {
            Pooling = false,        // a session is a session
            ApplicationName = applicationName,
            Timeout = 30,           // seconds, to open
            CommandTimeout = 0,     // the fleet has its own limit, which leaves a report
            NoResetOnClose = true,
        };
        return new Route("direct", builder.ConnectionString, true, database);
    }

    /// <summary>Says the name only.</summary>
    public override string ToString() => Name;
}
