using Spectre.Console.Cli;

namespace Specs.Support.Cli;

/// <summary>What compare takes.</summary>
internal sealed class CompareSettings : CommandSettings
{
    [CommandArgument(0, "<BEFORE>")]
    public string Before { get; init; } = "";

    [CommandArgument(1, "<AFTER>")]
    public string After { get; init; } = "";
}

/// <summary>What merge takes.</summary>
internal sealed class MergeSettings : CommandSettings
{
    [CommandArgument(0, "<RUNS>")]
    public string[] Runs { get; init; } = [];
}

/// <summary>What schema takes.</summary>
internal sealed class SchemaSettings : CommandSettings
{
    [CommandArgument(0, "<WHAT>")]
    public string What { get; init; } = "";

    [CommandArgument(1, "<DIR>")]
    public string Folder { get; init; } = "";

    [CommandOption("--schema-from <CONNECTION>")]
    public string? From { get; init; }

    [CommandOption("--rows <N>")]
    public string? Rows { get; init; }

    [CommandOption("--engine <NAME>")]
    public string? Engine { get; init; }
}

/// <summary>What help takes.</summary>
internal sealed class HelpSettings : CommandSettings
{
    [CommandArgument(0, "[TOPIC]")]
    public string? Topic { get; init; }
}
