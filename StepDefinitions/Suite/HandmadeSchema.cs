using Specs.Support.Running;

namespace Specs.StepDefinitions.Suite;

/// <summary>A folder of tables and TVIEWs, made of a few lines, that goes with the run.</summary>
/// <param name="run">The run.</param>
public sealed class HandmadeSchema(Run run)
{
    /// <summary>Where it lies.</summary>
    public string Folder { get; } = run.NewFolder("schema");

    /// <summary>A file with a text.</summary>
    public void Write(string file, string text)
    {
        var path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
