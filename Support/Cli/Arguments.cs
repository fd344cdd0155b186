using Specs.Support.Configuration;

namespace Specs.Support.Cli;

/// <summary>Refuses what the parser would tell less well, or not at all.</summary>
internal static class Arguments
{
    /// <summary>Looks at what was typed before it is parsed.</summary>
    /// <exception cref="UserError">An option lacks its value, or belongs to another word.</exception>
    internal static void Check(string[] arguments)
    {
        for (var i = 1; i < arguments.Length; i++)
        {
            var options = OptionTable.All.Where(o => o.Flag == arguments[i]).ToList();
            if (options.Count > 0 && options.All(o => o.Word is not null && o.Word != arguments[0]))
            {
                var words = string.Join(" and ", options.Select(o => o.Word));
                throw new UserError($"{arguments[i]} is an option of {words}; see './specs help'.");
            }

            if (options.Any(o => o.Usage != o.Flag)
                && (i + 1 == arguments.Length || arguments[i + 1].StartsWith("--", StringComparison.Ordinal)))
            {
                throw new UserError($"{arguments[i]} needs a value; see './specs help'.");
            }
        }
    }
}
