using Npgsql;

namespace Specs.Support.Fleet;

/// <summary>How sessions reach the server.</summary>
/// <param name="Name">For the banner and the metrics, for example "direct".</param>
/// <param name="ConnectionString">Holds a password: never print it.</param>
/// <param name="Prepares">Whether statements are prepared explicitly.</param>
/// <param name="Admin">A direct way to the same database, for looking at stalled sessions.</param>
public sealed record Route(string Name, string ConnectionString, bool Prepares, string Admin)
{
    /// <summary>Whether each session has a name of its own. Only a bench does without: a pooler sends a server
    /// connection the name of its new client with each transaction.</summary>
    public bool NamesSessions { get; init; } = true;

    private readonly string? _database = new NpgsqlConnectionStringBuilder(ConnectionString).Database;

    /// <summary>Straight to the server, one connection for each session.</summary>
    /// <param name="database">The connection string of the database.</param>
    public static Route Direct(string database)
    {
        var builder = new NpgsqlConnectionStringBuilder(database)
        {
            Pooling = false,        // a session is a session
            Timeout = 30,           // seconds, to open
            CommandTimeout = 0,     // the fleet has its own limit, which leaves a report
            NoResetOnClose = true,
        };
        return new Route("direct", builder.ConnectionString, true, database);
    }

    /// <summary>
    /// Where a fleet's connections come from: one source for all, because what it knows of types takes much memory. So
    /// sessions name themselves when they are open (<see cref="NameOf"/>); until then they have the name that a reset
    /// gives back to them.
    /// </summary>
    public NpgsqlDataSource Source()
    {
        var named = new NpgsqlConnectionStringBuilder(ConnectionString) { ApplicationName = NameOf("?") };
        return SourceOf(named.ConnectionString);
    }

    /// <summary>
    /// A connection that knows PostgreSQL's own types only: to ask a database for its types takes as long as to connect
    /// to it, and each is a new one.
    /// </summary>
    /// <param name="database">The connection string of the database.</param>
    internal static NpgsqlConnection ConnectionTo(string database) => SourceOf(database).CreateConnection();

    private static NpgsqlDataSource SourceOf(string connection)
    {
        var builder = new NpgsqlDataSourceBuilder(connection);
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        return builder.Build();
    }

    /// <summary>A session's application name: the database's, which tells run and scenario, with the session's number,
    /// so that the server's views and log say who is who.</summary>
    /// <param name="session">The session's number, from 1.</param>
    public string NameOf(object session) => $"{_database} session {session}";

    /// <summary>The same, on which Npgsql prepares by itself what a session sends for the third time.</summary>
    internal Route PreparingWhatComesAgain() =>
        this with
        {
            ConnectionString = new NpgsqlConnectionStringBuilder(ConnectionString)
            {
                MaxAutoPrepare = 100,
                AutoPrepareMinUsages = 3,
            }.ConnectionString,
        };

    /// <summary>
    /// Through a pooler, which may give every transaction another server connection: so nothing is prepared, and the
    /// client resets nothing by itself.
    /// </summary>
    /// <param name="name">How it pools, for example "transaction pooling".</param>
    /// <param name="pooler">The connection string of the database through the pooler.</param>
    /// <param name="database">The direct one.</param>
    public static Route Pooled(string name, string pooler, string database)
    {
        var builder = new NpgsqlConnectionStringBuilder(Direct(pooler).ConnectionString)
        {
            MaxAutoPrepare = 0,     // a statement prepared on one server connection is unknown on the next
        };
        return new Route(name, builder.ConnectionString, false, database);
    }

    /// <summary>Says the name only.</summary>
    public override string ToString() => Name;
}
