namespace Specs.Support.Hosts;

/// <summary>The settings of every PostgreSQL that the suite starts itself, as a program or in a container.</summary>
internal static class ServerSettings
{
    /// <summary>Names and values; durability stays on, or crashes and two-phase commits would mean nothing.</summary>
    /// <param name="connections">How many sessions must fit.</param>
    internal static IEnumerable<(string Name, string Value)> For(int connections) =>
    [
        ("max_connections", Text(connections + 30)),
        ("max_prepared_transactions", Text(Math.Max(100, connections) + 20)),
        ("max_locks_per_transaction", "128"),
        ("shared_buffers", "256MB"),
        ("fsync", "on"),
        ("synchronous_commit", "on"),
        ("full_page_writes", "on"),
        ("log_lock_waits", "on"),
        ("log_line_prefix", "%m [%p] db=%d,app=%a "),
        ("log_min_error_statement", "panic"),
        ("lc_messages", "C"),
    ];

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
