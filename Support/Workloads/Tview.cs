namespace Specs.Support.Workloads;

/// <summary>A TVIEW of a workload. The suite keeps the defining query itself: an oracle must not ask the accused.</summary>
/// <param name="Name">The table, for example tv_post.</param>
/// <param name="Key">Its key column, for example pk_post.</param>
/// <param name="Query">The defining query.</param>
/// <param name="Reads">The tables that the query reads.</param>
public sealed record Tview(string Name, string Key, string Query, params string[] Reads);
