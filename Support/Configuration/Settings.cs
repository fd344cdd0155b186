using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Specs.Support.Configuration;

/// <summary>Reads one setting each; what is not allowed is refused in one sentence.</summary>
internal static class Settings
{
    /// <summary>A text without the blanks around it; null where there is none.</summary>
    internal static string? Text(IConfiguration settings, string name) =>
        string.IsNullOrWhiteSpace(settings[name]) ? null : settings[name]!.Trim();

    /// <summary>A whole number within bounds; null where there is none.</summary>
    /// <exception cref="UserError">It is something else.</exception>
    internal static int? Number(IConfiguration settings, string name, int least, int most)
    {
        if (Text(settings, name) is not { } text)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n)
            && n >= least && n <= most
            ? n
            : throw new UserError($"SPECS_{name}={text} is not allowed; give a whole number from {least} to {most}.");
    }

    /// <summary>Which share of how many; all of it where nothing is said.</summary>
    /// <exception cref="UserError">It is something else.</exception>
    internal static Shard ShardOf(IConfiguration settings, string name)
    {
        var text = Text(settings, name) ?? "1/1";
        return text.Split('/') is [var number, var of]
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            && int.TryParse(of, NumberStyles.None, CultureInfo.InvariantCulture, out var m) && n >= 1 && n <= m
            ? new Shard(n, m)
            : throw new UserError($"SPECS_{name}={text} is not allowed; write which of how many, such as 2/8.");
    }

    /// <summary>One of several words.</summary>
    /// <exception cref="UserError">It is none of them.</exception>
    internal static T Choice<T>(IConfiguration settings, string name, T[] allowed, T otherwise)
        where T : notnull
    {
        if (Text(settings, name) is not { } text)
        {
            return otherwise;
        }

        foreach (var choice in allowed)
        {
            if (string.Equals(choice.ToString(), text, StringComparison.OrdinalIgnoreCase))
            {
                return choice;
            }
        }

        var names = string.Join(", ", allowed.Select(a => a.ToString()!.ToLowerInvariant()));
        throw new UserError($"SPECS_{name}={text} is not known; choose one of {names}.");
    }
}
