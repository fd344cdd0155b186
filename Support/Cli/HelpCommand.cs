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
        Rows(Program.Words.Select(w => new[] { w.Key, w.Value }), Column);
        Rows(Options(null), Column);
        Console.WriteLine("  soak takes these too:");
        Rows(Options("soak"), Column);
        Console.WriteLine("  prove takes this too:");
        Rows(Options("prove"), Column);
        Console.WriteLine("  engines takes this too:");
        Rows(Options("engines"), Column);
        Console.WriteLine("Each option is a variable as well, and some are variables only: './specs help options'.");
    }

    private static IEnumerable<string[]> Options(string? word) =>
        from option in OptionTable.All
        where option.Flag is not null && option.Word == word
        let otherwise = option.About.Otherwise ?? option.About.DefaultValue
        let value = option.Usage == option.Flag ? "" : $": {option.Rule.Allowed}; {otherwise} without it"
        select new[] { option.Usage!, (option.About.Description + value).Replace("`", "") };

    /// <summary>Rows in columns; what is too long for its line is wrapped within the last of them.</summary>
    internal static void Rows(IEnumerable<string[]> rows, params int[] widths)
    {
        var grid = new Grid();
        foreach (var (i, width) in widths.Index())
        {
            grid.AddColumn(new GridColumn().Width(width).NoWrap().Padding(i == 0 ? 2 : 0, 0, 2, 0));
        }

        grid.AddColumn();
        foreach (var row in rows)
        {
            grid.AddRow([.. row.Select(cell => new Text(cell))]);
        }

        using var said = new StringWriter();
        var plain = new AnsiConsoleSettings { Out = new AnsiConsoleOutput(said), Ansi = AnsiSupport.No };
        var console = AnsiConsole.Create(plain);
        console.Profile.Width = Width;
        console.Write(grid);
        Console.WriteLine(string.Join('\n', said.ToString().Split('\n').Select(l => l.TrimEnd())));
    }
}
