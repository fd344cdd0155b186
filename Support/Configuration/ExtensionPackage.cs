namespace Specs.Support.Configuration;

/// <summary>
/// The packaged files of an extension, as `cargo pgrx package` or `make install` leaves them: a control file, SQL
/// scripts and, unless it is written in SQL alone, a library. Where they lie in the folder does not matter; where they
/// belong, the server says.
/// </summary>
/// <param name="Scripts">The control file and the SQL.</param>
/// <param name="Libraries">The library; none or one.</param>
internal sealed record ExtensionPackage(IReadOnlyList<string> Scripts, IReadOnlyList<string> Libraries)
{
    /// <summary>All its files.</summary>
    internal IEnumerable<string> Files => Scripts.Concat(Libraries);

    /// <summary>Finds the files.</summary>
    /// <param name="folder">The package's folder.</param>
    /// <param name="engine">The engine whose extension it is.</param>
    /// <exception cref="UserError">It has none, or the engine is no extension.</exception>
    internal static ExtensionPackage Read(string folder, EngineProfile engine)
    {
        var name = engine.Package ?? throw new UserError($"SPECS_EXTENSION is for an engine that is an extension, and "
            + $"SPECS_ENGINE is {engine.Name}; change one of them.");
        if (!Directory.Exists(folder))
        {
            throw new UserError(
                $"SPECS_EXTENSION={folder} is not a folder; name the one with the extension's files."
            );
        }

        string[] Find(params string[] patterns) =>
            [.. patterns.SelectMany(p => Directory.GetFiles(folder, p, SearchOption.AllDirectories))];
        var control = Find($"{name}.control");
        return control.Length == 1 ? new([.. control, .. Find($"{name}--*.sql")], Find($"{name}.so", $"{name}.dylib"))
            : throw new UserError($"SPECS_EXTENSION={folder} holds {control.Length} files {name}.control; name the "
                + "folder of one package, as 'cargo pgrx package' or 'make install DESTDIR=…' wrote it.");
    }
}
