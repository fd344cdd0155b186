using Specs.Support.Model;

namespace Specs.Support.Scheduling;

/// <summary>
/// A point inside the flush at which a session can be held: its rows are computed, none of them is written. Statement
/// order alone cannot bring two flushes there. A trigger on the TVIEWs, for tests only, waits for an advisory lock that
/// the explorer holds; a session asks for it with a setting of its transaction, and everybody else passes.
/// </summary>
public static class InjectionPoint
{
    private const string Setting = "specs.hold";

    // One number a lock: engines use pairs of numbers, which PostgreSQL keeps apart from these.
    private const long FirstLock = 0x5350_4543_0000;

    /// <summary>SQL that makes the injection point of a schema's TVIEWs.</summary>
    public static string InstallSql(Schema schema) => $"""
        CREATE FUNCTION specs_watch.hold() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF current_setting('{Setting}', true) <> '' THEN    -- given back at once: none is left in the session
                PERFORM pg_advisory_lock_shared({FirstLock} + ascii(current_setting('{Setting}')));
                PERFORM pg_advisory_unlock_shared({FirstLock} + ascii(current_setting('{Setting}')));
            END IF;
            RETURN coalesce(NEW, OLD);
        END $$;
        """ + string.Concat(schema.Tviews.Select(t =>
            $"CREATE TRIGGER specs_hold BEFORE INSERT OR UPDATE OR DELETE ON {t.Name} FOR EACH ROW EXECUTE FUNCTION "
                + "specs_watch.hold();"));

    /// <summary>SQL of a session: from now on its transaction stops there.</summary>
    internal static string HoldSql(string session) => $"SET LOCAL {Setting} = '{session}'";

    /// <summary>SQL of the explorer: from now on the session is held.</summary>
    internal static string CloseSql(string session) => $"SELECT pg_advisory_lock({LockOf(session)})";

    /// <summary>SQL of the explorer: it may go on.</summary>
    internal static string OpenSql(string session) => $"SELECT pg_advisory_unlock({LockOf(session)})";

    /// <summary>The number of the advisory lock for which it waits there.</summary>
    internal static long LockOf(string session) => FirstLock + session[0];
}
