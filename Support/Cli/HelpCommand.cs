using Specs.Support.Configuration;
using Spectre.Console;

namespace Specs.Support.Cli;

/// <summary>Says which words and options there are.</summary>
internal static class HelpCommand
{
    private const int Column = 20;
    private const int Width = 120;

    internal static int Run(string? topic)
    {
        switch (topic)
        {
            case null:
                Overview();
                return 0;
            case "options":
                Console.Write(OptionTable.Markdown());
                return 0;
            default:
                throw new UserError($"there is no help about '{topic}'; './specs help options' prints the table of "
                    + "options, './specs WORD --help' what a word takes.");
        }
    }

    private static void Overview()
    {
        Console.WriteLine("usage: ./specs WORD [OPTIONS]\n");
        Rows(Program.Words.Select(w => (w.Key, w.Value)));
        Rows(Options(null));
        Console.WriteLine("  soak takes these too:");
        Rows(Options("soak"));
        Console.WriteLine("  prove takes this too:");
        Rows(Options("prove"));
        Console.WriteLine("Each option is a variable as well, and some are variables only: './specs help options'.");
    }

    private static IEnumerable<(string, string)> Options(string? word) =>
        from option in OptionTable.All
        where option.Flag is not null && option.Word == word
        let otherwise = option.About.Otherwise ?? option.About.DefaultValue
        let value = option.Usage == option.Flag ? "" : $": {option.Rule.Allowed}; {otherwise} without it"
        select (option.Usage!, (option.About.Description + value).Replace("`", ""));

    private static void Rows(IEnumerable<(string Name, string Text)> rows)
    {
        var grid = new Grid().AddColumn(new GridColumn().Width(Column).NoWrap().PadLeft(2)).AddColumn();
        foreach (var (name, text) in rows)
        {
            grid.AddRow(new Text(name), new Text(text));
        }

        using var said = new StringWriter();
        var plain = new AnsiConsoleSettings { Out = new AnsiConsoleOutput(said), Ansi = AnsiSupport.No };
        var console = AnsiConsole.Create(plain);
        console.Profile.Width = Width;
        console.Write(grid);
        Console.WriteLine(string.Join('\n', said.ToString().Split('\n').Select(l => l.TrimEnd())));
    }
}
