using System.Reflection;
using Reqnroll.BoDi;
using Reqnroll.Infrastructure;
using Reqnroll.Plugins;
using Reqnroll.Tracing;
using Reqnroll.UnitTestProvider;
using Xunit.Abstractions;
using Xunit.Sdk;

[assembly: RuntimePlugin(typeof(Specs.Support.Build.XunitAdapter))]
[assembly: Xunit.TestFramework("Specs.Support.Build.TestRunFramework", "Specs")]

namespace Specs.Support.Build;

// Tells Reqnroll how xunit fails, skips and prints, as the plugin of Reqnroll.xUnit does.
internal sealed class XunitAdapter : IRuntimePlugin, IUnitTestRuntimeProvider
{
    public void Initialize(RuntimePluginEvents events, RuntimePluginParameters _, UnitTestProviderConfiguration use)
    {
        events.RegisterGlobalDependencies += (_, e) =>
            e.ObjectContainer.RegisterTypeAs<XunitAdapter, IUnitTestRuntimeProvider>("xunit");
        events.CustomizeTestThreadDependencies += (_, e) =>
        {
            e.ObjectContainer.RegisterTypeAs<TestOutput, ITraceListener>();
            e.ObjectContainer.RegisterTypeAs<ReqnrollAttachmentHandler, IReqnrollAttachmentHandler>();
        };
        use.UseUnitTestProvider("xunit");
    }

    public void TestPending(string message) => throw new ReqnrollException("Test pending: " + message);
    public void TestInconclusive(string message) => throw new ReqnrollException("Test inconclusive: " + message);
    public void TestIgnore(string message) => Xunit.Skip.If(true, message);
    public ScenarioExecutionStatus? DetectExecutionStatus(Exception exception) =>
        exception is Xunit.SkipException ? ScenarioExecutionStatus.Skipped : null;
}

/// <summary>The features that run beside no other.</summary>
[Xunit.CollectionDefinition("ReqnrollNonParallelizableFeatures", DisableParallelization = true)]
public sealed class NonParallelizableFeatures;

internal sealed class TestOutput(ITraceListenerQueue queue, IObjectContainer all)
    : AsyncTraceListener(queue, all)
{
    private readonly IObjectContainer _all = all;

    private ITestOutputHelper? Scenario => _all.Resolve<IContextManager>().ScenarioContext?.ScenarioContainer is { } own
        && own.IsRegistered<ITestOutputHelper>() ? own.Resolve<ITestOutputHelper>() : null;

    public override void WriteTestOutput(string message)
    {
        Action<string> write = Scenario is { } scenario ? scenario.WriteLine : base.WriteTestOutput;
        write(message);
    }

    public override void WriteToolOutput(string message) => WriteTestOutput("-> " + message);
}

// Xunit's own framework; around all tests of the assembly it begins and ends Reqnroll's test run.
internal sealed class TestRunFramework(IMessageSink log) : XunitTestFramework(log)
{
    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName name) =>
        new Executor(name, SourceInformationProvider, DiagnosticMessageSink);

    private sealed class Executor(AssemblyName name, ISourceInformationProvider sources, IMessageSink log)
        : XunitTestFrameworkExecutor(name, sources, log)
    {
        protected override async void RunTestCases(
            IEnumerable<IXunitTestCase> cases, IMessageSink told, ITestFrameworkExecutionOptions options)
        {
            using var run = new Run(TestAssembly, cases, DiagnosticMessageSink, told, options);
            await run.RunAsync();
        }
    }

    private sealed class Run(ITestAssembly all, IEnumerable<IXunitTestCase> cases, IMessageSink log, IMessageSink told,
        ITestFrameworkExecutionOptions options) : XunitTestAssemblyRunner(all, cases, log, told, options)
    {
        protected override async Task AfterTestAssemblyStartingAsync()
        {
            await base.AfterTestAssemblyStartingAsync();
            await Aggregator.RunAsync(() => TestRunnerManager.OnTestRunStartAsync(typeof(Run).Assembly));
        }

        protected override async Task BeforeTestAssemblyFinishedAsync()
        {
            await Aggregator.RunAsync(() => TestRunnerManager.OnTestRunEndAsync(typeof(Run).Assembly));
            await base.BeforeTestAssemblyFinishedAsync();
        }
    }
}
