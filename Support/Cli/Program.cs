using System.Globalization;
using Specs.Support.Configuration;
using Specs.Support.Hosts;
using Spectre.Console.Cli;

namespace Specs.Support.Cli;

/// <summary>The program behind ./specs.</summary>
public static class Program
{
    private const string Features = "Category!=suite&Category!=bench&Category!=schema";

    /// <summary>Runs one word of ./specs.</summary>
    /// <returns>0 all well, 1 something failed or became slower, 2 it could not be done, 130 interrupted.</returns>
    public static int Main(string[] arguments)
    {
        var app = new CommandApp();
        app.Configure(Configure);
        try
        {
            Arguments.Check(arguments);
            return app.Run(arguments is [] or ["--help" or "-h"] ? ["help"] : arguments);
        }
        catch (Exception e) when (e is UserError or CommandAppException)
        {
            Console.Error.WriteLine($"specs: {e.Message.TrimEnd()}" + (e is UserError ? "" : " See './specs help'."));
            return 2;
        }
    }

    /// <summary>The words and what they do.</summary>
    internal static Dictionary<string, string> Words { get; } = new()
    {
        ["run"] = "set up if needed, run the features, show their figures and where the report is",
        ["test"] = "run everything that must pass, also the features about the suite itself",
        ["soak"] = "run the features again and again on one server, each time with another seed",
        ["explore"] = "search for races that nobody wrote: random transactions in chosen permutations (--seconds N)",
        ["compare"] = "BEFORE AFTER: what became slower, beyond the noise measured in the runs themselves",
        ["merge"] = "RUN…: one report out of several: the shards of a soak, or runs of several engines side by side",
        ["engines"] = "list the engines; --run: run the features on each (--engine A,B: on these), side by side",
        ["prove"] = "run all features against engines that are broken on purpose: each must be caught",
        ["bench"] = "the driver beside pgbench and psql, what the engine costs, and how far it scales",
        ["schema"] = "check DIR: what a folder of your own tables holds; take DIR --schema-from CONNECTION: makes one",
        ["words"] = "what features can say of schemas and sessions, with its SQL",
        ["setup"] = "install what is missing, and ask the package registry again what it has",
        ["clean"] = "end servers that a killed run left, remove build output and artifacts",
        ["help"] = "this text; 'help options' prints the table of all options and variables",
    };

    private static void Configure(IConfigurator app)
    {
        app.SetApplicationName("./specs");
        app.SetApplicationCulture(CultureInfo.InvariantCulture);
        app.UseStrictParsing();
        app.PropagateExceptions();
        Run<RunSettings>("run", s => OwnOf(s, "&Category!=bench") ?? Features);
        Run<RunSettings>("test", _ => "Category!=prove&Category!=bench&Category!=schema");
        Run<SoakSettings>("soak", _ => Features, ("SPECS_REPEAT", "100"));
        Run<ExploreSettings>("explore", s => OwnOf(s, "&Category=random") ?? "Category=random&Category!=schema",
            ("SPECS_STRESS_SECONDS", "60"));
        // The kill matrix runs each fault's own scenario as well, so nothing need run that alone.
        Run<ProveSettings>("prove", s => s.Filter is null ? "Category=prove&Category!=named" : "Category=prove");
        Run<RunSettings>("bench", s => OwnOf(s, "&Category=bench") ?? "Category=bench&Category!=schema",
            ("SPECS_CAPACITY", "1000"));
        Add<EnginesSettings>("engines", s => EnginesCommand.StartAsync(s, Features).GetAwaiter().GetResult());
        Add<CompareSettings>("compare", s => CompareCommand.Run(s.Before, s.After));
        Add<MergeSettings>("merge", s => MergeCommand.Run(s.Runs));
        Add<SchemaSettings>("schema", s => SchemaCommand.RunAsync(s).GetAwaiter().GetResult());
        Add<EmptyCommandSettings>("words", _ => Print(Drivers.Words.Page));
        Add<EmptyCommandSettings>("setup", _ => MissingPrograms.Install(RunOptions.Read(FeatureRun.Variables)));
        Add<EmptyCommandSettings>("clean", _ => Sweep());
        Add<HelpSettings>("help", s => HelpCommand.Run(s.Topic));

        void Run<T>(string word, Func<RunSettings, string> selection, params (string, string)[] defaults)
            where T : RunSettings =>
            Add<T>(word, s => FeatureRun.StartAsync(s, selection(s), word is "run" or "test", defaults).GetAwaiter()
                .GetResult().Code);

        void Add<T>(string word, Func<T, int> work)
            where T : CommandSettings =>
            app.AddDelegate<T>(word, (_, settings, _) => work(settings)).WithDescription(Words[word]);
    }

    // Over somebody's own tables only what is about them.
    private static string? OwnOf(RunSettings settings, string more) =>
        settings.Schema is null && FeatureRun.Variables["SCHEMA"] is null ? null : "Category=schema" + more;

    private static int Print(string page)
    {
        Console.WriteLine(page);
        return 0;
    }

    private static int Sweep()
    {
        foreach (var line in RunFolder.SweepOthers())
        {
            Console.WriteLine(line);
        }

        return 0;
    }
}
