// The neutral names of the runtime, so that no other file has to know which one it is.
global using BoDi;
global using TechTalk.SpecFlow;
global using TechTalk.SpecFlow.Assist;
global using TechTalk.SpecFlow.UnitTestProvider;
global using DataTable = TechTalk.SpecFlow.Table;
global using DataTableRow = TechTalk.SpecFlow.TableRow;
global using IOutput = TechTalk.SpecFlow.Infrastructure.ISpecFlowOutputHelper;

namespace Specs;

internal static class SpecFlowNames
{
    extension(ScenarioInfo scenario)
    {
        // Reqnroll's name for the tags of the scenario and of all that it stands in.
        internal string[] CombinedTags => scenario.ScenarioAndFeatureTags;
    }
}
