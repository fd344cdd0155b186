using System.Text.Json.Nodes;
using Specs.Support.Configuration;
using Specs.Support.Running;

namespace Specs.StepDefinitions.Suite;

/// <summary>The folder of an engine, copied from one of the suite's and changed, that goes with the run.</summary>
/// <param name="run">The run.</param>
public sealed class HandmadeEngine(Run run)
{
    private const string Profile = "engine.json";

    /// <summary>Where it lies.</summary>
    public string Folder { get; } = run.NewFolder("engine");

    /// <summary>The files of an engine of the suite.</summary>
    public void Copy(string name)
    {
        foreach (var resource in Resources.In($"Engines/{name}/"))
        {
            File.WriteAllText(Path.Combine(Folder, Path.GetFileName(resource)), Resources.Text(resource));
        }
    }

    /// <summary>Another text of a file, or none.</summary>
    public void Change(string file, string text)
    {
        File.Delete(Path.Combine(Folder, file));
        if (text != "missing")
        {
            File.WriteAllText(Path.Combine(Folder, file), text);
        }
    }

    /// <summary>One more finding that is known of it.</summary>
    public void Declare(string finding, string scenario, string because)
    {
        var file = Path.Combine(Folder, Profile);
        var profile = JsonNode.Parse(
            File.ReadAllText(file),
            documentOptions: new() { CommentHandling = System.Text.Json.JsonCommentHandling.Skip }
        )!;
        profile["known"] = new JsonArray(
            new JsonObject { ["scenario"] = scenario, ["finding"] = finding, ["because"] = because });
        File.WriteAllText(file, profile.ToJsonString());
    }
}
