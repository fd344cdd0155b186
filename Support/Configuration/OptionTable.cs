using System.ComponentModel;
using System.Reflection;
using System.Text;
using Microsoft.Extensions.Configuration;
using Spectre.Console.Cli;

namespace Specs.Support.Configuration;

/// <summary>What the table says of an option besides its rule and its name on the command line.</summary>
/// <param name="variable">Its environment variable without SPECS_; null where it has none.</param>
/// <param name="meaning">One sentence.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OptionAttribute(string? variable, string meaning) : DescriptionAttribute(meaning.Replace("`", ""))
{
    /// <summary>Its environment variable without SPECS_; null where it has none.</summary>
    public string? Variable => variable;

    /// <summary>One sentence, as Markdown.</summary>
    public string Meaning => meaning;

    /// <summary>The value of an option that is not given; null where nothing takes its place.</summary>
    public string? DefaultValue { get; init; }

    /// <summary>What happens then, in words.</summary>
    public string? Otherwise { get; init; }
}

/// <summary>One row of the table.</summary>
/// <param name="Property">Where it stands.</param>
public sealed record Option(PropertyInfo Property)
{
    private readonly CommandOptionAttribute? _flag = Property.GetCustomAttribute<CommandOptionAttribute>();

    /// <summary>Variable, meaning and default.</summary>
    public OptionAttribute About { get; } = Property.GetCustomAttribute<OptionAttribute>()!;

    /// <summary>What is allowed.</summary>
    public RuleAttribute Rule { get; } = Property.GetCustomAttribute<RuleAttribute>()!;

    /// <summary>Its environment variable; null where it has none.</summary>
    public string? Variable => About.Variable is null ? null : "SPECS_" + About.Variable;

    /// <summary>Its name on the command line, for example "--seed"; null where it has none.</summary>
    public string? Flag => _flag is null ? null : "--" + _flag.LongNames[0];

    /// <summary>The same with what stands for its value, for example "--seed N".</summary>
    public string? Usage => Flag + (_flag?.ValueName is { } value ? " " + value : "");

    /// <summary>Whether it is among the options of a word's settings.</summary>
    public bool IsOf(RunSettings settings) => Property.DeclaringType!.IsInstanceOfType(settings);

    /// <summary>The word of ./specs whose option it is; null where it belongs to all that run features.</summary>
    public string? Word => Property.DeclaringType == typeof(ExploreSettings) ? "explore"
        : Property.DeclaringType == typeof(SoakSettings) ? "soak"
        : Property.DeclaringType == typeof(ProveSettings) ? "prove"
        : Property.DeclaringType == typeof(EnginesSettings) ? "engines" : null;
}

/// <summary>All options of the suite.</summary>
public static class OptionTable
{
    /// <summary>The rows in their order.</summary>
    public static IReadOnlyList<Option> All { get; } =
        [.. new[] { typeof(RunSettings), typeof(SoakSettings), typeof(ExploreSettings), typeof(ProveSettings),
                typeof(EnginesSettings) }
            .SelectMany(t => t.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .Select(p => new Option(p))];

    /// <summary>The value of each option that has a variable; null where it is not given and has no default.</summary>
    /// <param name="settings">The variables, without SPECS_.</param>
    /// <exception cref="UserError">A value is not allowed.</exception>
    internal static Dictionary<string, object?> Read(IConfiguration settings) =>
        All.Where(o => o.Variable is not null).ToDictionary(o => o.About.Variable!, o => ValueOf(o, settings));

    private static object? ValueOf(Option option, IConfiguration settings)
    {
        var text = settings[option.About.Variable!];
        text = string.IsNullOrWhiteSpace(text) ? option.About.DefaultValue : text.Trim();
        return text is null ? null : option.Rule.Read(option.Variable!, text);
    }

    /// <summary>The table for README.md.</summary>
    public static string Markdown()
    {
        var page = new StringBuilder("| option | variable | allowed | default | meaning |\n")
            .Append("| --- | --- | --- | --- | --- |\n");
        foreach (var o in All)
        {
            var flag = o.Usage is { Length: > 0 } usage ? $"`{usage}`" + (o.Word is null ? "" : $" ({o.Word})") : "";
            var variable = o.Variable is null ? "" : $"`{o.Variable}`";
            page.AppendJoin(" | ", "|" + (flag == "" ? "" : " " + flag), variable, o.Rule.Allowed,
                o.About.Otherwise ?? $"`{o.About.DefaultValue}`", o.About.Meaning).Append(" |\n");
        }

        return page.ToString();
    }
}
