using Npgsql;
using Specs.Support.Configuration;

namespace Specs.Support.Hosts;

/// <summary>
/// Says why a server did not let the run in: no answer, wrong password, no such database and refused are four things.
/// </summary>
internal static class LoginFailure
{
    /// <summary>The failure as one sentence, without the password.</summary>
    /// <param name="error">What Npgsql threw.</param>
    /// <param name="connection">The connection string that was tried.</param>
    /// <param name="help">What to do where the server does not answer, as the second half of a sentence.</param>
    internal static UserError InWords(Exception error, string connection, string help)
    {
        var at = new NpgsqlConnectionStringBuilder(connection);
        var server = $"The server at {at.Host}:{at.Port}";
        return new UserError((error as PostgresException)?.SqlState switch
        {
            PostgresErrorCodes.InvalidPassword =>
                $"{server} refuses the password of the user '{at.Username}'; give the right one in SPECS_CONNECTION.",
            PostgresErrorCodes.InvalidCatalogName =>
                $"{server} has no database '{at.Database}'; name one that is there in SPECS_CONNECTION, for example "
                    + "postgres.",
            { } state => $"{server} refused the connection ({state}: {((PostgresException)error).MessageText}); "
                + "let the user of SPECS_CONNECTION log in, or name another one.",
            _ => $"{server} does not answer ({error.Message}); {help}.",
        });
    }
}
