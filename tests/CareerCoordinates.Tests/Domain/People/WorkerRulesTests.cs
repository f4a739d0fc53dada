using CareerCoordinates.Domain.People;

namespace CareerCoordinates.Tests.Domain.People;

public class WorkerRulesTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    private static readonly WorkerContent Worker = new(
        "G-0001",
        "陈小满",
        new DateOnly(2012, 7, 1),
        new DateOnly(1990, 2, 3),
        "female",
        true
    );

    [TestCase("陈小满")]
    [TestCase("阿依古丽·买买提")]
    [TestCase("𠮷野 Ōkawa")]
    [TestCase("㐂")]
    [TestCase("葛\U000E0100城")]
    [TestCase("علی\u200Cرضا")]
    [TestCase("ක්\u200Dෂණ")]
    public void A_name_is_kept_as_people_write_it(string name) =>
        Assert.That(WorkerRules.Check(Worker with { Name = $" {name} " }, Today).Value.Name, Is.EqualTo(name));

    [Test]
    public void A_hundred_rare_characters_are_a_name()
    {
        var name = string.Concat(Enumerable.Repeat("𠮷", 100));
        Assert.That(Texts.Faults(WorkerRules.Check(Worker with { Name = name }, Today)), Is.Empty);
        Assert.That(Texts.Faults(WorkerRules.Check(Worker with { Name = name + "x" }, Today)), Is.EqualTo("/name text-too-long"));
    }

    [TestCase("", "/name text-required")]
    [TestCase(" 　", "/name text-required")]
    [TestCase("\u200B", "/name text-required")]
    [TestCase(" \u3164\u200D\uFE0F", "/name text-required")]
    [TestCase("陈\u202E满", "/name control-character")]
    [TestCase("陈\u2066满", "/name control-character")]
    [TestCase("陈\u200B满", "/name control-character")]
    [TestCase("陈\u200D满", "/name control-character")]
    [TestCase("陈\u0000", "/name control-character")]
    [TestCase("陈\n满", "/name control-character")]
    [TestCase("陈\u2028", "")]
    [TestCase("陈\u0085满", "/name control-character")]
    public void A_name_is_whole_text(string name, string faults) =>
        Assert.That(Texts.Faults(WorkerRules.Check(Worker with { Name = name }, Today)), Is.EqualTo(faults));

    [Test]
    public void Half_a_character_is_no_name()
    {
        var worker = Worker with { Name = "陈" + (char)0xD800 };
        Assert.That(Texts.Faults(WorkerRules.Check(worker, Today)), Is.EqualTo("/name control-character"));
    }

    [TestCase("1990-02-03", "2012-07-01", "")]
    [TestCase(null, "2012-07-01", "")]
    [TestCase("1990-02-03", null, "")]
    [TestCase("1990-02-03", "1990-02-03", "")]
    [TestCase("1990-02-03", "1990-02-02", "/careerStart before-birth")]
    [TestCase("2026-11-22", null, "")]
    [TestCase("2026-11-23", null, "/birthDate born-in-future")]
    [TestCase("1850-01-01", null, "")]
    [TestCase("1849-12-31", null, "/birthDate date-out-of-range")]
    [TestCase(null, "1899-12-31", "/careerStart date-out-of-range")]
    [TestCase(null, "2201-01-01", "/careerStart date-out-of-range")]
    [TestCase(null, "2030-01-01", "", Description = "a career that is to start")]
    public void Dates(string? born, string? start, string faults)
    {
        var worker = Worker with { BirthDate = Day(born), CareerStart = Day(start) };
        Assert.That(Texts.Faults(WorkerRules.Check(worker, Today)), Is.EqualTo(faults));
    }

    [TestCase("female", "")]
    [TestCase(null, "")]
    [TestCase("Female", "/gender unknown-gender")]
    [TestCase("", "/gender unknown-gender")]
    public void Gender_is_a_code(string? gender, string faults) =>
        Assert.That(Texts.Faults(WorkerRules.Check(Worker with { Gender = gender }, Today)), Is.EqualTo(faults));

    [Test]
    public void A_number_has_a_limit_and_blank_is_none()
    {
        Assert.That(WorkerRules.Check(Worker with { Number = "  " }, Today).Value.Number, Is.Null);
        Assert.That(WorkerRules.Check(Worker with { Number = " 007 " }, Today).Value.Number, Is.EqualTo("007"));
        Assert.That(
            Texts.Faults(WorkerRules.Check(Worker with { Number = new string('7', 41) }, Today)),
            Is.EqualTo("/number text-too-long")
        );
    }

    [TestCase("1990-02-03", "")]
    [TestCase("1990-02-02", "/birthDate birth-after-facts")]
    public void A_birth_date_cannot_move_behind_what_is_recorded(string earliest, string faults) =>
        Assert.That(Texts.Faults(WorkerRules.Check(Worker, Today, Day(earliest))), Is.EqualTo(faults));

    [TestCase(false, "entered twice", "")]
    [TestCase(false, " ", "/reason reason-required")]
    [TestCase(true, "entered twice", "worker-voided")]
    public void Voiding_needs_a_reason_and_is_final(bool voided, string reason, string faults) =>
        Assert.That(Texts.Faults(WorkerRules.Void(voided, reason)), Is.EqualTo(faults));

    private static DateOnly? Day(string? text) => text is null ? null : DateOnly.Parse(text);
}
