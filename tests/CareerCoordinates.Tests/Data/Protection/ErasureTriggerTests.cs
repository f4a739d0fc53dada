using System.Data.Common;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Protection;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.Milestones;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Time;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Data.Protection;

/// <summary>The database itself lets an erasure blank what identifies, of that person, at that time, and nothing else.</summary>
[BothEngines]
public class ErasureTriggerTests(TestEngine engine)
{
    private static readonly string[] Blanking =
    [
        "UPDATE worker_revisions SET number = NULL, name = '', birth_date = NULL, id_number = NULL, id_number_shown = NULL, reason = NULL",
        "UPDATE affiliation_revisions SET external_name = NULL, staff_number = NULL, reason = NULL",
        "UPDATE milestone_revisions SET attributes = '{\"Erased\":\"erased:00000\",\"seat\":\"crew\",\"size\":3}', evidence = '[]', note = NULL, reason = NULL, ended_reason = '', request_key = NULL, request_hash = NULL",
        "UPDATE milestone_contests SET reason = ''",
        "UPDATE audit_entries SET details = '{}'",
    ];

    /// <summary>Blanking with something else in it.</summary>
    private static readonly string[] MoreThanBlanking =
    [
        "UPDATE worker_revisions SET name = 'Another'",
        "UPDATE worker_revisions SET name = ''",
        Blanking[0] + ", career_start = 0",
        Blanking[0] + ", state = 'voided'",
        Blanking[1] + ", from_day = 0",
        "UPDATE affiliation_revisions SET staff_number = '7', external_name = NULL, reason = NULL",
        Blanking[2] + ", state = 'rejected'",
        Blanking[2] + ", occurred_day = 0",
        Blanking[2].Replace("\"size\":3", "\"size\":4", StringComparison.Ordinal),
        Blanking[2].Replace(",\"size\":3", "", StringComparison.Ordinal),
        Blanking[2].Replace("\"crew\"", "\"council\"", StringComparison.Ordinal),
        Blanking[2].Replace("ended_reason = ''", "ended_reason = NULL", StringComparison.Ordinal),
        Blanking[2].Replace("note = NULL", "note = 'x'", StringComparison.Ordinal),
        Blanking[2].Replace("'[]'", "'[1]'", StringComparison.Ordinal),
        "UPDATE milestone_contests SET reason = 'fine with me'",
        "UPDATE milestone_contests SET reason = '', kind = 'answered'",
        "UPDATE audit_entries SET details = '{\"found\":true}'",
        "UPDATE audit_entries SET details = '{}', account = 'another'",
        "DELETE FROM worker_revisions",
        "DELETE FROM milestone_contests",
        "DELETE FROM audit_entries",
    ];

    private TestStore test = null!;
    private DbConnection connection = null!;
    private Guid worker;

    [SetUp]
    public async Task Open()
    {
        test = await TestStore.OpenAsync(engine);
        worker = await test.AddWorkerAsync(number: "N-1");
        var organization = await test.AddOrganizationAsync("Pier");
        var milestone = await test.AddMilestoneAsync(
            worker,
            new(
                "anything",
                PartialDate.Parse("2020-01"),
                null,
                new Ending(new DateOnly(2021, 1, 1), EndKind.Ended, "left"),
                AttributeSet.FromCanonical("""{"seat":"crew","ship":"Marigold","size":3}"""),
                [new("letter", "17")],
                "a note"
            )
        );
        await test.Store.Gate.RunAsync<bool>(tx =>
        {
            var from = new DateOnly(2015, 1, 1);
            var place = new AffiliationContent(
                AffiliationKind.LabourContract,
                organization,
                null,
                from,
                null,
                false,
                "7",
                null,
                null
            );
            tx.Add(worker, new Revision<AffiliationContent>(tx.NewId(), 1, false, place, null, tx.RecordedAt, "local"));
            tx.Add(worker, new MilestoneContest(milestone.MilestoneId, 1, false, "not so", tx.RecordedAt, "local"));
            tx.Audit("local", "revealIdNumber", worker, """{"reason":"to see"}""");
            return true;
        });
        connection = test.Store.Engine.OpenWrite();
    }

    [TearDown]
    public async Task Close()
    {
        await connection.DisposeAsync();
        await test.DisposeAsync();
    }

    [TestCase("nobody asked")]
    [TestCase("asked")]
    [TestCase("refused")]
    [TestCase("of another")]
    [TestCase("done")]
    public void WithoutAnErasureUnderWay_NothingMayBeBlanked(string state)
    {
        switch (state)
        {
            case "asked" or "refused":
                Ask(state, worker);
                break;
            case "of another":
                Ask("erasing", Guid.CreateVersion7());
                break;
            case "done":
                Ask("erasing", worker);
                Run("UPDATE erasures SET state = 'erased'");
                break;
        }
        AreRefused(Blanking);
    }

    [Test]
    public void WithAnErasureUnderWay_WhatIdentifiesMayBeBlanked_AndNothingElse()
    {
        Ask("erasing", worker);

        AreRefused(MoreThanBlanking);
        foreach (var sql in Blanking)
        {
            Assert.That(Run(sql), Is.EqualTo(1), sql);
        }
        Run("UPDATE erasures SET state = 'erased'");
        AreRefused(Blanking);
    }

    [Test]
    public void Erasures_GoForwardOnly()
    {
        Ask("asked", worker);
        AreRefused([
            "UPDATE erasures SET state = 'erased'",
            "UPDATE erasures SET reason = 'another'",
            "UPDATE erasures SET asked_by = 'another'",
            "DELETE FROM erasures",
        ]);
        Assert.That(() => Ask("erasing", worker), Throws.InstanceOf<DbException>(), "one at a time");
        Run("UPDATE erasures SET state = 'erasing', decided_by = 'second'");
        AreRefused(["UPDATE erasures SET state = 'asked'", "UPDATE erasures SET state = 'erased', decided_by = 'third'"]);
        Run("UPDATE erasures SET state = 'erased'");
        AreRefused(["UPDATE erasures SET state = 'erasing'", "UPDATE erasures SET state = 'asked'"]);
        Assert.That(() => Ask("erasing", worker), Throws.InstanceOf<DbException>(), "not again");
    }

    private void AreRefused(IEnumerable<string> statements) =>
        Assert.Multiple(() =>
        {
            foreach (var sql in statements)
            {
                Assert.That(() => Run(sql), Throws.InstanceOf<DbException>().With.Message.Contains("append-only"), sql);
            }
        });

    private void Ask(string state, Guid about)
    {
        using var record = new RecordConnection(test.Store.Engine, test.Store.Engine.OpenWrite());
        record
            .Prepared(ProtectionTables.Erasures.InsertSql, ProtectionTables.Erasures.Kinds)
            .Execute(null, Guid.CreateVersion7(), about, state, "asked", 1L, "first", null, null, null);
    }

    private int Run(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }
}
