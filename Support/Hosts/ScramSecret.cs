using System.Security.Cryptography;
using System.Text;

namespace Specs.Support.Hosts;

/// <summary>
/// What a server keeps of a password for SCRAM-SHA-256 (RFC 5802), as PostgreSQL takes it in place of the password
/// itself.
/// </summary>
internal static class ScramSecret
{
    /// <summary>
    /// The secret of a random password of 128 bits, with one iteration. Thousands of them make a password that somebody
    /// can guess harder to guess; here they would only take half of the time of each login, on both sides.
    /// </summary>
    /// <param name="password">The password, in ASCII.</param>
    internal static string Of(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        var salted = Rfc2898DeriveBytes.Pbkdf2(password, salt, 1, HashAlgorithmName.SHA256, 32);
        var stored = SHA256.HashData(Keyed(salted, "Client Key"));
        return $"SCRAM-SHA-256$1:{Convert.ToBase64String(salt)}"
            + $"${Convert.ToBase64String(stored)}:{Convert.ToBase64String(Keyed(salted, "Server Key"))}";
    }

    private static byte[] Keyed(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(text));
}
