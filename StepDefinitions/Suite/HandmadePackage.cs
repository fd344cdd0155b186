using Specs.Support.Configuration;
using Specs.Support.Engines;
using Specs.Support.Running;

namespace Specs.StepDefinitions.Suite;

/// <summary>An extension's package that was written by hand, in a folder that goes with the run.</summary>
public sealed class HandmadePackage(Run run)
{
    /// <summary>Where its files lie.</summary>
    public string Folder { get; } = run.NewFolder("package");

    /// <summary>The reference engine with the catalogue of the extension's versions of some age.</summary>
    /// <param name="age">older or newer.</param>
    /// <param name="fault">What is broken in it; null for nothing.</param>
    public void WriteStandIn(string age, SeededFault? fault = null)
    {
        var reference = EngineFolder.Of("reference");
        Write([
            .. reference.Install.Select(n => reference.Sql(n)!), fault?.Sql ?? "",
            Resources.Text("NotTheExtension/refuses"), Resources.Text($"NotTheExtension/{age}"),
        ]);
    }

    /// <summary>The control file, and a script of these parts.</summary>
    public void Write(params string[] scripts)
    {
        Add(
            ".control",
            "default_version = '0.1.0'\nrelocatable = false\nschema = 'public'\ncomment = 'NOT the extension'\n"
        );
        Add("--0.1.0.sql", string.Join('\n', scripts));
    }

    /// <summary>Nothing but a library that no server can load.</summary>
    public void WriteWrongLibrary()
    {
        Write();
        Add(".so", "for another machine");
    }

    private void Add(string ending, string text) =>
        File.WriteAllText(Path.Combine(Folder, EngineFolder.Of("extension").Profile.Package + ending), text);
}
