namespace Specs.Support.Configuration;

/// <summary>
/// The packaged files of an extension, as `cargo pgrx package` leaves them: a control file, SQL scripts and, unless it
/// is written in SQL alone, a library. Where they lie in the folder does not matter; where they belong, the server
/// says.
/// </summary>
/// <param name="Scripts">The control file and the SQL.</param>
/// <param name="Libraries">The library; none or one.</param>
internal sealed record ExtensionPackage(IReadOnlyList<string> Scripts, IReadOnlyList<string> Libraries)
{
    /// <summary>The extension's name, which is that of its files.</summary>
    internal const string Extension = "pg_tviews";

    /// <summary>The value of shared_preload_libraries with which the server loads it.</summary>
    internal string Preload => Libraries.Count == 0 ? "" : Extension;

    /// <summary>All its files.</summary>
    internal IEnumerable<string> Files => Scripts.Concat(Libraries);

    /// <summary>Finds the files.</summary>
    /// <param name="folder">The package's folder.</param>
    /// <exception cref="UserError">It has none.</exception>
    internal static ExtensionPackage Read(string folder)
    {
        const string name = Extension;
        if (!Directory.Exists(folder))
        {
            throw new UserError(
                $"SPECS_EXTENSION={folder} is not a folder; name the one that 'cargo pgrx package' wrote."
            );
        }

        string[] Find(params string[] patterns) =>
            [.. patterns.SelectMany(p => Directory.GetFiles(folder, p, SearchOption.AllDirectories))];
        var control = Find($"{name}.control");
        return control.Length == 1 ? new([.. control, .. Find($"{name}--*.sql")], Find($"{name}.so", $"{name}.dylib"))
            : throw new UserError($"SPECS_EXTENSION={folder} holds {control.Length} files {name}.control; name the "
                + "folder of one package, as 'cargo pgrx package' wrote it.");
    }
}
