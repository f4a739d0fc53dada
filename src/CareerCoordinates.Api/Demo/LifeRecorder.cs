using CareerCoordinates.Api.Demo.Population;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Demo;

/// <summary>
/// Plays a script through the rules of the domain, on the simulated clock: what a rule refuses stops the demo, as it
/// would stop an officer. Nothing is written here.
/// </summary>
/// <param name="organizations">Ids by the keys of the scripts.</param>
public sealed class LifeRecorder(Framework framework, IReadOnlyDictionary<string, Guid> organizations)
{
    private const int OfficeHours = 8 * 3_600;
    private readonly Framework framework = framework;
    private readonly IReadOnlyDictionary<string, Guid> organizations = organizations;

    /// <summary>Registration and the first facts are one entry; each later step is one of its own, this much later at least.</summary>
    private const long BetweenEntries = 60_000_000;

    private static readonly TimeOnly OfficeOpens = new(9, 0);

    internal static Instant OfficeOpensOn(Framework framework, DateOnly day)
    {
        var local = day.ToDateTime(OfficeOpens);
        return Instant.From(new DateTimeOffset(local, framework.TimeZone.GetUtcOffset(local)));
    }

    /// <summary>The instant at which an entry of a day is made: some second of the office hours.</summary>
    public static Instant InOfficeHours(Framework framework, DateOnly day, ref Prng random) =>
        OfficeOpensOn(framework, day).PlusMicroseconds(random.Below(OfficeHours) * 1_000_000L);

    /// <param name="random">The worker's own stream, from which times of day and ids come.</param>
    /// <exception cref="DemoDataException">A rule refuses a step; the message says which and why.</exception>
    public RecordedLife Record(LifeScript script, Prng random)
    {
        var registered = InOfficeHours(framework, script.Recorded, ref random);
        return Record(script, DemoIds.New(registered, ref random), registered, random);
    }

    /// <summary>The same, where the worker's id was given out before because others refer to it.</summary>
    public RecordedLife Record(LifeScript script, Guid workerId, Instant registered, Prng random)
    {
        var entry = new Entry(this, script, workerId, registered, random);
        entry.Register();
        foreach (var step in script.Events)
        {
            entry.Take(step);
        }
        return entry.Life;
    }

    /// <summary>One life while it is being recorded.</summary>
    private sealed class Entry(LifeRecorder recorder, LifeScript script, Guid workerId, Instant registered, Prng random)
    {
        private static readonly Actor Officer = new(DemoAccounts.Recorder, MayVerify: false, FourEyes: true);
        private static readonly Actor Verifier = new(DemoAccounts.Verifier, MayVerify: true, FourEyes: true);

        private readonly Framework framework = recorder.framework;
        private readonly Dictionary<string, Guid> ids = [];
        private Prng random = random;
        private Instant at = registered;
        private Instant last = registered;
        private DateOnly day = script.Recorded;
        private bool registering = true;

        public RecordedLife Life { get; } = new(workerId);

        private WorkerContent Worker => Life.Worker[^1].Content;

        public void Register()
        {
            var content = new WorkerContent(
                script.Number,
                script.Name,
                script.CareerStart,
                script.BirthDate,
                script.Gender,
                script.MigrantWorker
            );
            Life.Add(Revise(workerId, Life.Worker, Need(WorkerRules.Check(content, day))));
        }

        public void Take(LifeStep step)
        {
            Turn(step);
            try
            {
                Play(step);
            }
            catch (DemoDataException e)
            {
                var name = step switch
                {
                    LifeStep.Record s => s.Milestone + " " + s.Type,
                    LifeStep.Correct s => s.Milestone,
                    LifeStep.Affiliate s => s.Affiliation,
                    _ => "",
                };
                throw new DemoDataException(
                    $"{script.Number ?? script.Name}, {Days.Iso(step.On)} {step.GetType().Name} {name}: {e.Message}",
                    e
                );
            }
        }

        /// <summary>The clock of the entries: forward only, and one instant for all that is entered at once.</summary>
        private void Turn(LifeStep step)
        {
            registering &= step.On == day && step is LifeStep.Affiliate or LifeStep.Record && step is not LifeStep.Transfer;
            if (registering)
            {
                return;
            }
            if (step.On < day)
            {
                throw new DemoDataException($"{script.Number}: {Days.Iso(step.On)} comes after {Days.Iso(day)} in the list.");
            }
            last = at = Instant.Max(InOfficeHours(framework, step.On, ref random), last.PlusMicroseconds(BetweenEntries));
            day = step.On;
        }

        private void Play(LifeStep step)
        {
            switch (step)
            {
                case LifeStep.Transfer transfer:
                    var move = Need(AffiliationRules.Transfer(framework, Worker, Content(transfer), Life.Affiliations));
                    Life.Add(Revise(move.Ended.Id, Life.AffiliationsOf(move.Ended.Id), move.Ended.Content));
                    Life.Add(Revise(NewId(transfer.Affiliation), [], move.Begun));
                    break;
                case LifeStep.Affiliate begun:
                    var content = Need(AffiliationRules.Check(framework, Worker, Content(begun), Life.Affiliations));
                    Life.Add(Revise(NewId(begun.Affiliation), [], content));
                    break;
                case LifeStep.EndAffiliation end:
                    var open = Life.AffiliationsOf(Id(end.Affiliation));
                    var ending = Need(AffiliationRules.End(open[^1].Content, end.Last, end.Reason));
                    Life.Add(Revise(open[^1].Id, open, ending.Content, ending.Reason));
                    break;
                case LifeStep.VoidAffiliation gone:
                    var wrong = Life.AffiliationsOf(Id(gone.Affiliation));
                    var others = Life.Affiliations.Where(a => a.Id != wrong[^1].Id).ToList();
                    var why = Need(AffiliationRules.Void(wrong[^1].Voided, wrong[^1].Content, others, gone.Reason));
                    Life.Add(Revise(wrong[^1].Id, wrong, wrong[^1].Content, why, voided: true));
                    break;
                case LifeStep.CorrectWorker c:
                    var said = new WorkerContent(script.Number, c.Name, c.CareerStart, c.BirthDate, c.Gender, c.MigrantWorker);
                    var corrected = Need(WorkerRules.Check(said, day, Life.EarliestDay));
                    Life.Add(Revise(workerId, Life.Worker, corrected, c.Reason));
                    break;
                case LifeStep.VoidWorker v:
                    var reason = Need(WorkerRules.Void(Life.Worker[^1].Voided, v.Reason));
                    Life.Add(Revise(workerId, Life.Worker, Worker, reason, voided: true));
                    break;
                case LifeStep.Contest c:
                    Contest(c.Milestone, c.Reason, isAnswer: false);
                    break;
                case LifeStep.Answer a:
                    Contest(a.Milestone, a.Reason, isAnswer: true);
                    break;
                case LifeStep.Record record:
                    Record(record);
                    break;
                default:
                    Life.Add(Need(Decided(step)));
                    break;
            }
        }

        /// <summary>The officer records it; what the script calls verified a second person verifies soon after.</summary>
        private void Record(LifeStep.Record record)
        {
            var draft = Draft(record.Type, record.OccurredOn, record.Until, record.Attributes, record.Evidence, record.Note);
            var content = Need(MilestoneChecks.Check(framework, draft, Worker, day));
            if (record.State is not (null or "verified"))
            {
                throw new DemoDataException($"a record is 'verified' or says no state, not '{record.State}'.");
            }
            var command = new RecordMilestone(
                workerId,
                NewId(record.Milestone),
                content,
                framework.Version,
                Life.Milestones.Count
            );
            Life.Add(Need(MilestoneDecisions.Record(command, new Decision(Officer, at))));
            if (record.State is not null)
            {
                last = at.PlusMicroseconds(BetweenEntries);
                Life.Add(Need(MilestoneDecisions.Verify(History(record.Milestone), new Decision(Verifier, last))));
            }
        }

        private Outcome<MilestoneRevision> Decided(LifeStep step)
        {
            var (decision, second) = (new Decision(Officer, at), new Decision(Verifier, at));
            return step switch
            {
                LifeStep.Correct s => MilestoneDecisions.Correct(
                    History(s.Milestone),
                    new CorrectMilestone(Corrected(s), framework.Version, EndedChange.Keep, s.Reason),
                    decision
                ),
                LifeStep.Verify s => MilestoneDecisions.Verify(History(s.Milestone), second),
                LifeStep.Return s => MilestoneDecisions.Return(History(s.Milestone), s.Reason, second),
                LifeStep.Reject s => MilestoneDecisions.Reject(History(s.Milestone), s.Reason, second),
                LifeStep.Withdraw s => MilestoneDecisions.Withdraw(History(s.Milestone), s.Reason, decision),
                LifeStep.Void s => MilestoneDecisions.Void(History(s.Milestone), s.Reason, second),
                LifeStep.End s => MilestoneDecisions.End(
                    History(s.Milestone),
                    new EndMilestone(s.Last, Codes<EndKind>.Parse(s.Kind), s.Reason),
                    s.MayVerify ? second : decision
                ),
                _ => throw new InvalidOperationException($"No such step: {step.GetType().Name}."),
            };
        }

        private MilestoneContent Corrected(LifeStep.Correct step)
        {
            var type = History(step.Milestone)[^1].Content.Type;
            var draft = Draft(type, step.OccurredOn, step.Until, step.Attributes, step.Evidence, step.Note);
            return Need(MilestoneChecks.Check(framework, draft, Worker, day));
        }

        private void Contest(string milestone, string reason, bool isAnswer)
        {
            var id = Id(milestone);
            Life.Add(
                new MilestoneContest(id, Life.Contests.Count(c => c.MilestoneId == id) + 1, isAnswer, reason, at, Officer.Name)
            );
        }

        private Revision<T> Revise<T>(
            Guid id,
            IReadOnlyList<Revision<T>> before,
            T content,
            string? reason = null,
            bool voided = false
        ) => new(id, before.Count + 1, voided, content, reason, at, Officer.Name);

        private AffiliationContent Content(LifeStep.Affiliate a)
        {
            if (!Codes<AffiliationKind>.TryParse(a.Kind, out var kind))
            {
                throw new DemoDataException($"there is no kind of affiliation '{a.Kind}'.");
            }
            Guid? organization = null;
            if (a.Organization is { } key)
            {
                organization = recorder.organizations.TryGetValue(key, out var found)
                    ? found
                    : throw new DemoDataException($"there is no organisation '{key}'.");
            }
            return new(
                kind,
                organization,
                a.ExternalName,
                a.From,
                a.Until,
                a.Primary,
                a.StaffNumber,
                a.EmploymentForm,
                a.OccupationCode
            );
        }

        private static MilestoneDraft Draft(
            string type,
            string occurredOn,
            string? until,
            IReadOnlyDictionary<string, System.Text.Json.JsonElement> attributes,
            IReadOnlyList<ScriptedEvidence>? evidence,
            string? note
        ) =>
            new(
                type,
                occurredOn,
                until,
                attributes,
                [.. (evidence ?? []).Select(e => new EvidenceReference(e.Type, e.Reference))],
                note
            );

        private IReadOnlyList<MilestoneRevision> History(string milestone) => Life.MilestonesOf(Id(milestone));

        private Guid NewId(string name)
        {
            var id = DemoIds.New(at, ref random);
            return ids.TryAdd(name, id) ? id : throw new DemoDataException($"the name '{name}' is used twice.");
        }

        private Guid Id(string name) =>
            ids.TryGetValue(name, out var id) ? id : throw new DemoDataException($"nothing was recorded as '{name}' before.");

        private static T Need<T>(Outcome<T> outcome) =>
            outcome.IsRefused ? throw new DemoDataException(DemoDataException.Say(outcome.Refusals)) : outcome.Value;
    }
}
