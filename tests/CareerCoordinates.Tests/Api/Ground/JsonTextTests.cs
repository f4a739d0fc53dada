using System.Text;
using System.Text.Json;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Grid;
using CareerCoordinates.Api.Json;
using CareerCoordinates.Api.Milestones;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Domain.Frameworks;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Tests.Api.Ground;

/// <summary>The bodies that write themselves say what the serializer would say, byte for byte.</summary>
public sealed class JsonTextTests
{
    private static readonly string Awkward = "\"a\" \\ / <b> & 马岚 😀 é \u2028 \u0001 \u007f \t";
    private static readonly Guid Id = Guid.Parse("0199f3a2-7c11-7d50-8a3e-2f6b1c9d4e01");
    private static readonly DateOnly Day = new(2020, 2, 29);
    private static readonly Instant Time = new(1_795_327_200_000_010);
    private static readonly FrameworkReference Framework = new("chaoyang-12345", 12);
    private static readonly StageBody Growth = new("growth", 7.0m);
    private static readonly ChannelBody Held = new("grade-promotion", Awkward, 3, Day, Day, Id, "technician");
    private static readonly ChannelBody NotHeld = new("results-conversion", null, 0, null, null, null, null);

    private static readonly MilestoneBody Bare = new(
        Id,
        Id,
        1,
        null,
        MilestoneState.Submitted,
        "labour-medal",
        PartialDate.Parse("1993"),
        null,
        null,
        false,
        AttributeSet.Empty,
        [],
        null,
        null,
        Time,
        "local",
        null,
        false,
        [],
        [],
        new PlaceBody(null, 0),
        1,
        [],
        []
    );

    private static readonly MilestoneBody Full = Bare with
    {
        Counting = 12,
        State = MilestoneState.Verified,
        OccurredOn = PartialDate.Parse("2020-11"),
        Until = PartialDate.Parse("2021-03-01"),
        Ended = new Ending(Day, EndKind.Revoked, Awkward),
        Contested = true,
        Attributes = AttributeSet.Of([new("level", AttributeValue.Of(Awkward)), new("months", AttributeValue.Of(1.50m))]),
        Evidence = [new("scan", Awkward), new("register", "12")],
        Note = Awkward,
        Reason = Awkward,
        VerifiedBy = "local",
        OnBehalf = true,
        Warnings = [new WarningBody("open-before", "/occurredOn", Id, "开", "Open.")],
        Grants = [new("grade-promotion", "technician", 5, GrantMode.Direct), new("a", "b", 1, GrantMode.Supports)],
        Place = new PlaceBody("mature", 5),
        Actions = ["correct", "end"],
        Contests = [new(ContestKind.Contested, Awkward, Time, "local")],
        Etag = "\"12-0123456789abcdef\"",
    };

    private static readonly object[] Bodies =
    [
        new CoordinateBody(Id, Day, Time, true, Framework, Growth, 3, [Held, NotHeld]),
        new CoordinateBody(Id, Day, Time, false, Framework, new StageBody(null, null), 0, []),
        new TrajectoryBody(
            Id,
            Day,
            Time,
            true,
            Framework,
            [new(Day, Growth, 3, [Held, NotHeld], [Id, Id]), new(Day, Growth, 3, [], [])]
        ),
        new TrajectoryBody(Id, Day, Time, true, Framework, []),
        Bare,
        Full,
        new PageBody<MilestoneBody>([Bare, Full], Awkward, Day, Time, true, Framework, 2),
        new PageBody<MilestoneBody>([], null, Day, Time, false, Framework),
        new PageBody<ChannelBody>([.. Enumerable.Repeat(Held, 2_000)], null, Day, Time, false, Framework),
        new PageBody<StageExplanationBody>([new("growth", 7.9m, Day, null, Day)], null, Day, Time, false, Framework),
    ];

    [TestCaseSource(nameof(Bodies))]
    public void A_body_writes_what_the_serializer_would(object body)
    {
        using var json = JsonText.Of(body);

        Assert.That(
            Encoding.UTF8.GetString(json.Written.Span),
            Is.EqualTo(JsonSerializer.Serialize(body, body.GetType(), ApiJson.Options))
        );
    }

    [Test]
    public void The_tag_hangs_on_all_of_the_body_but_the_instant()
    {
        var later = new Instant(Time.Microseconds + 1);

        Assert.That(Tag(3, Time), Is.EqualTo(Tag(3, later)).And.Not.EqualTo(Tag(2, Time)));

        static string Tag(int level, Instant knownAt)
        {
            using var json = JsonText.Of(new CoordinateBody(Id, Day, knownAt, true, Framework, Growth, level, [Held]));
            return EntityTag.Of(0, json.Written.Span, knownAt);
        }
    }
}
