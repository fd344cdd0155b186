namespace Specs.Support.Configuration;

/// <summary>
/// Something the person who started the run can put right: a bad option, a missing program, a server that does not
/// answer. The message is one sentence that says what was wrong, what is allowed and what to do.
/// </summary>
/// <param name="message">That sentence; never holds a password.</param>
public sealed class UserError(string message) : Exception(message);
