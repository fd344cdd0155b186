namespace Specs.Support.Configuration;

/// <summary>When PgBouncer may give a server connection to another client.</summary>
public enum PoolMode
{
    /// <summary>After every transaction.</summary>
    Transaction,

    /// <summary>When the client has disconnected.</summary>
    Session,
}
