using Specs.Support.Workloads;
using static Specs.Support.Scheduling.DrawnRace;

namespace Specs.Support.Scheduling;

// What sessions do besides statements: they forget what they had set, act as another role, refresh before their end,
// define TVIEWs, give transactions odd names.
internal sealed partial class RandomRaces
{
    private const string OddGid = " it''s \"one\" of \\ für ☃, and long: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";

    private IEnumerable<(string, StepCommand)> Forgets(string session) =>
        random.Next(100) switch
        {
            < 3 => [Named("sends DISCARD ALL", session)],
            < 6 => [Named("sends RESET ALL", session)],
            _ => [],
        };

    private IEnumerable<(string, StepCommand)> Takes(string session, out bool qualifies)
    {
        var place = random.Next(100);
        qualifies = place is >= 6 and < 12 && schema.TakesAnySession;
        return place < 6 && ordinary && schema.TakesAnySession ? [Named("takes an ordinary role", session)]
            : qualifies ? [Named("takes an empty search_path", session)]
            : place is >= 12 and < 15 ? [Named("makes constraints deferred", session)]
            : [];
    }

    // A refresh that fails within a savepoint; or one that succeeds, and then the transaction's end follows: a further
    // statement would wait for base rows while the engine's locks are held. So it would be after the flush, too, where
    // something else is due at COMMIT.
    private IEnumerable<(string, StepCommand)> Flushes(string session, bool qualifies, bool mayEnd)
    {
        const string flush = "makes constraints immediate";
        return schema.IsDeferred ? []
            : schema.Failing is not null && random.Chance(20)
                ? [Named("sets a savepoint", session),
                    Work(schema.Statements(random, merge: false).Fail(qualifies)), Named(flush, session),
                    Named("rolls back to the savepoint", session)]
            : mayEnd && random.Chance(15) ? [Named(flush, session)]
            : [];
    }

    // A TVIEW goes, or comes and is defined anew under its name.
    private List<(string Words, StepCommand Command)> Definer(string session)
    {
        var last = schema.Schema.Tviews[^1].Name;
        if (schema.Extra is not { } extra || schema.OtherExtra is not { } other)
        {
            return [($"drops {last}", Defines with { Drops = last })];
        }

        var creates = (Words: $"creates {extra.Name}", Command: Defines with { Creates = extra });
        return random.Next(3) switch
        {
            0 => [($"drops {last}", Defines with { Drops = last })],
            1 => [creates],
            _ =>
            [
                creates, Named("begins", session), ($"drops {extra.Name}", Defines with { Drops = extra.Name }),
                ($"creates {extra.Name} anew", Defines with { Creates = other }), Named("commits", session),
            ],
        };
    }

    private static StepCommand Defines => new(StepKind.Work);

    private static StepCommand Under(string gid, StepCommand command) =>
        command is { Prepares: true } or { Of: not null }
            ? command with { Sql = [.. command.Sql.Select(s => s.TrimEnd('\'') + gid + "'")] }
            : command;
}
