using System.Globalization;
using Npgsql;

namespace Specs.Support.Configuration;

/// <summary>What an option may be. Reads its text, or refuses it in one sentence.</summary>
[AttributeUsage(AttributeTargets.Property)]
public abstract class RuleAttribute : Attribute
{
    /// <summary>What is allowed, for the table.</summary>
    public abstract string Allowed { get; }

    /// <summary>The value that a text means.</summary>
    /// <param name="name">How the option was given, for example SPECS_SESSIONS or --sessions.</param>
    /// <param name="text">What was given, without the blanks around it.</param>
    /// <exception cref="UserError">It is not allowed.</exception>
    public abstract object Read(string name, string text);

    /// <summary>The same text for a process that works in another folder.</summary>
    public virtual string Anywhere(string text) => text;
}

/// <summary>Any text.</summary>
/// <param name="allowed">What it means, for the table.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TextAttribute(string allowed) : RuleAttribute
{
    /// <inheritdoc/>
    public override string Allowed => allowed;

    /// <inheritdoc/>
    public override object Read(string name, string text) => text;
}

/// <summary>A file or folder; ./specs takes a relative one from where the user stands.</summary>
/// <param name="allowed">Which, for the table.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PathAttribute(string allowed) : RuleAttribute
{
    /// <inheritdoc/>
    public override string Allowed => allowed;

    /// <inheritdoc/>
    public override object Read(string name, string text) => text;

    /// <inheritdoc/>
    public override string Anywhere(string text) => Path.GetFullPath(text);
}

/// <summary>An engine of the suite, or the folder of another one.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EngineAttribute : RuleAttribute
{
    /// <inheritdoc/>
    public override string Allowed => string.Join(", ", EngineFolder.Names.Select(n => $"`{n}`")) + ", or a folder";

    /// <inheritdoc/>
    public override object Read(string name, string text) => EngineFolder.Of(text);

    /// <inheritdoc/>
    public override string Anywhere(string text) =>
        EngineFolder.Names.Contains(text) ? text : Path.GetFullPath(text);
}

/// <summary>A whole number within bounds.</summary>
/// <param name="least">The lower bound.</param>
/// <param name="most">The upper bound.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WholeNumberAttribute(int least, int most) : RuleAttribute
{
    /// <inheritdoc/>
    public override string Allowed => string.Create(CultureInfo.InvariantCulture, $"{least} to {most}");

    /// <inheritdoc/>
    public override object Read(string name, string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n)
        && n >= least
        && n <= most
            ? n
            : throw new UserError($"{name}={text} is not allowed; give a whole number from {least} to {most}.");
}

/// <summary>One of several words, upper or lower case.</summary>
/// <param name="words">The words.</param>
[AttributeUsage(AttributeTargets.Property)]
public class OneOfAttribute(params string[] words) : RuleAttribute
{
    /// <inheritdoc/>
    public override string Allowed => string.Join(", ", words.Select(w => $"`{w}`"));

    /// <inheritdoc/>
    public override object Read(string name, string text) =>
        words.FirstOrDefault(w => w.Equals(text, StringComparison.OrdinalIgnoreCase))
        ?? throw new UserError($"{name}={text} is not known; choose one of {string.Join(", ", words)}.");
}

/// <summary>The name of a fault that can be seeded into the reference engine.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SeededFaultNameAttribute()
    : OneOfAttribute([.. Resources.In(Folder).Select(n => n[Folder.Length..]).Where(n => n[0] != '_')])
{
    private const string Folder = "SeededFaults/";

    /// <inheritdoc/>
    public override string Allowed => "a file in `Support/Engines/SeededFaults`";
}

/// <summary>Which share of how many.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ShareAttribute : RuleAttribute
{
    /// <inheritdoc/>
    public override string Allowed => "such as `2/8`";

    /// <inheritdoc/>
    public override object Read(string name, string text) => text.Split('/') is [var number, var of]
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
        && int.TryParse(of, NumberStyles.None, CultureInfo.InvariantCulture, out var m) && n >= 1 && n <= m
        ? new Shard(n, m)
        : throw new UserError($"{name}={text} is not allowed; write which of how many, such as 2/8.");
}

/// <summary>The letters of sessions, one for each step.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SessionLettersAttribute : RuleAttribute
{
    /// <inheritdoc/>
    public override string Allowed => "such as `ABABAB`";

    /// <inheritdoc/>
    public override object Read(string name, string text) => text.All(char.IsAsciiLetterUpper) ? text
        : throw new UserError(
            $"{name}={text} is not allowed; give the sessions' letters, one for each step, such as ABABAB.");
}

/// <summary>A connection string. May hold a password, so it is never repeated.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ConnectionStringAttribute : RuleAttribute
{
    /// <inheritdoc/>
    public override string Allowed => "an Npgsql connection string";

    /// <inheritdoc/>
    public override object Read(string name, string text)
    {
        try
        {
            _ = new NpgsqlConnectionStringBuilder(text);
            return text;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            // The parser's own message may repeat a part of the string, and that part may be the password.
            throw new UserError($"{name} is not a connection string; write "
                + "'Host=…;Port=…;Username=…;Password=…;Database=…'.");
        }
    }
}
