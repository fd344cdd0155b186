using System.Reflection;
using System.Runtime.CompilerServices;

namespace Specs.Support.Build;

/// <summary>
/// Refuses bindings whose end one of the runtimes does not wait for: SpecFlow lets a step that returns a ValueTask
/// pass, whatever happens in it, and so does every runtime with async void.
/// </summary>
[Binding]
public static class AwaitedBindings
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Fails the run before its first scenario, with the names of the bindings to change.</summary>
    [BeforeTestRun(Order = int.MinValue)]
    public static void Check()
    {
        var refused = typeof(AwaitedBindings).Assembly.GetTypes()
            .Where(type => type.IsDefined(typeof(BindingAttribute), inherit: true))
            .SelectMany(type => type.GetMethods(Declared))
            .Where(IsNotAwaited)
            .Select(method => $"{method.DeclaringType?.Name}.{method.Name}")
            .ToList();

        if (refused.Count > 0)
            throw new InvalidOperationException($"These must return Task or be synchronous: {string.Join(", ", refused)}.");
    }

    private static bool IsNotAwaited(MethodInfo method) =>
        method.ReturnType == typeof(ValueTask)
        || (method.ReturnType == typeof(void) && method.IsDefined(typeof(AsyncStateMachineAttribute)));
}
