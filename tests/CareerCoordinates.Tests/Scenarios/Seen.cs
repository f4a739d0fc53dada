using System.Globalization;
using System.Text.Json;
using CareerCoordinates.Tests.Api.Milestones;

namespace CareerCoordinates.Tests.Scenarios;

/// <summary>Somebody on the record, as the officer last saw him, with the place where he began.</summary>
public sealed record Person(Guid Id, Reply Seen, Place First);

/// <summary>An affiliation, as last seen.</summary>
public sealed record Place(Guid Id, Guid WorkerId, Reply Seen);

/// <summary>A milestone, as last seen.</summary>
public sealed record Fact(Guid Id, Guid WorkerId, Reply Seen)
{
    public static Fact Of(Reply seen) => new(seen.Id, seen.Body.GetProperty("workerId").GetGuid(), seen);

    public JsonElement Body => Seen.Body;

    public string? Type => Seen.Text("type");

    public string? On => Seen.Text("occurredOn");

    public string? Until => Seen.Text("until");

    public bool IsContested => Body.GetProperty("contested").GetBoolean();

    public string[] Warnings => [.. Body.GetProperty("warnings").EnumerateArray().Select(w => w.GetProperty("code").ToString())];

    /// <summary>Such as <c>3 submitted, 2 counts</c>.</summary>
    public string Standing =>
        $"{Body.GetProperty("revision")} {Seen.Text("state")}, "
        + (
            Body.GetProperty("counting") is { ValueKind: JsonValueKind.Number } counting ? $"{counting} counts" : "nothing counts"
        );

    /// <summary>Its cell of the grid, such as <c>growth 4</c>.</summary>
    public string PlaceOnGrid =>
        $"{Body.GetProperty("place").GetProperty("stage")} {Body.GetProperty("place").GetProperty("level")}";
}

/// <summary>A coordinate in the words of the table that an officer would draw.</summary>
public sealed record Coordinate(JsonElement Body)
{
    public int Level => Body.GetProperty("level").GetInt32();

    /// <summary>Such as <c>growth (7.9)</c>.</summary>
    public string Stage
    {
        get
        {
            var stage = Body.GetProperty("stage");
            var years = stage.GetProperty("yearsInCareer").GetDecimal().ToString("0.0", CultureInfo.InvariantCulture);
            return $"{stage.GetProperty("code")} ({years})";
        }
    }

    public string Political => In("political-treatment");

    public string Career => In("career-upgrade");

    public string Grade => In("grade-promotion");

    public string Results => In("results-conversion");

    public bool IsClosed => Body.GetProperty("knownAtClosed").GetBoolean();

    /// <summary>All that it says, apart from whether it is closed: what a report taken again must repeat.</summary>
    public string Said =>
        string.Join(
            ", ",
            Body.EnumerateObject().Where(member => member.Name != "knownAtClosed").Select(member => member.ToString())
        );

    private string In(string channel)
    {
        var held = Body.GetProperty("channels").EnumerateArray().Single(c => c.GetProperty("channel").GetString() == channel);
        string? Text(string member) => held.GetProperty(member).GetString();
        var words = Text("rung") is { } rung ? $"{rung} since {Text("since")}" : "nothing";
        words += Text("heldSince") == Text("since") ? "" : $", held since {Text("heldSince")}";
        return words + (Text("highestReached") == Text("rung") ? "" : $", highest reached {Text("highestReached")}");
    }
}
