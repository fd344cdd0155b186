namespace Specs.Support.Model;

/// <summary>Why something cannot be had here. Where it can, there is no such object but null.</summary>
/// <param name="Because">The reason, as a part of a sentence.</param>
public sealed record Unsupported(string Because);
