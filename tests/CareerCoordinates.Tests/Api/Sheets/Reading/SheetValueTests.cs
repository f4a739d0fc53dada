using System.Globalization;
using CareerCoordinates.Api.Sheets.Reading;
using CareerCoordinates.Domain.Time;
using CareerCoordinates.Tests.Domain.Reports;
using FsCheck;
using FsCheck.Fluent;

namespace CareerCoordinates.Tests.Api.Sheets.Reading;

/// <summary>What people type, and what they mean by it.</summary>
public class SheetValueTests
{
    [TestCase("2020-11-30", "2020-11-30")]
    [TestCase("2020/11/30", "2020-11-30")]
    [TestCase("2020.11.30", "2020-11-30")]
    [TestCase("2020年11月30日", "2020-11-30")]
    [TestCase("2020年11月3号", "2020-11-03")]
    [TestCase("2020年11月30", "2020-11-30")]
    [TestCase("20201130", "2020-11-30")]
    [TestCase("2020-1-3", "2020-01-03")]
    [TestCase("2020年11月", "2020-11")]
    [TestCase("2020年11月份", "2020-11")]
    [TestCase("2020-11", "2020-11")]
    [TestCase("2020/1", "2020-01")]
    [TestCase("2020.11", "2020-11")]
    [TestCase("2020.01", "2020-01")]
    [TestCase("2020.2", "2020-02")]
    [TestCase("2020年", "2020")]
    [TestCase("2020", "2020")]
    [TestCase("２０２０－１１－３０", "2020-11-30")]
    [TestCase("２０２０年１１月", "2020-11")]
    [TestCase("2020．11．30", "2020-11-30")]
    [TestCase("2020。11。30", "2020-11-30")]
    [TestCase("2020–11–30", "2020-11-30")]
    [TestCase("2020−11−30", "2020-11-30")]
    [TestCase("\u00A02020 年\u3000 11 月 30 日\uFEFF", "2020-11-30")]
    [TestCase("2020- 11 -30", "2020-11-30")]
    [TestCase("2020-11-30 00:00:00", "2020-11-30")]
    [TestCase("2020/11/30 8:15", "2020-11-30")]
    [TestCase("2020-11-30T08:15:00.5", "2020-11-30")]
    [TestCase("2020年11月30日 08：15", "2020-11-30")]
    [TestCase("2020-02-29", "2020-02-29")]
    [TestCase("1900", "1900")]
    [TestCase("2200-12-31", "2200-12-31")]
    public void Day_IsRead(string typed, string day) =>
        Assert.That(SheetValue.Day(Typed(typed)).Value?.ToString(), Is.EqualTo(day));

    /// <summary>What a workbook counts is read whatever it is shown as; a text, as any CSV has, does not say from when it counts.</summary>
    [TestCase("44165", CellMarks.None, "2020-11-30")]
    [TestCase("42703", CellMarks.From1904, "2020-11-30")]
    [TestCase("10000", CellMarks.None, "1927-05-18")]
    [TestCase("1993", CellMarks.None, "1993")]
    public void Day_CountedByAWorkbook_IsRead(string number, CellMarks marks, string day) =>
        Assert.That(SheetValue.Day(new(17, 3, CellKind.Number, number, marks)).Value?.ToString(), Is.EqualTo(day));

    [TestCase("2021-02-29", "day-impossible")]
    [TestCase("2020-13", "day-impossible")]
    [TestCase("2020-00-10", "day-impossible")]
    [TestCase("20201131", "day-impossible")]
    [TestCase("1900-02-29", "day-impossible")]
    [TestCase("1900-01-00", "day-impossible")]
    [TestCase("1899", "day-out-of-range")]
    [TestCase("2201-01-01", "day-out-of-range")]
    [TestCase("20-11-30", "day-ambiguous")]
    [TestCase("20年11月", "day-ambiguous")]
    [TestCase("11/30/2020", "day-ambiguous")]
    [TestCase("30.11.2020", "day-ambiguous")]
    [TestCase("11月30日", "day-ambiguous")]
    [TestCase("11-30", "day-ambiguous")]
    [TestCase("11/2020", "day-ambiguous")]
    [TestCase("202011", "day-ambiguous")]
    [TestCase("2020.1", "day-ambiguous")]
    [TestCase("44165", "day-as-number")]
    [TestCase("2020 11 30", "day-unreadable")]
    [TestCase("2020-11/30", "day-unreadable")]
    [TestCase("2020-11-30-1", "day-unreadable")]
    [TestCase("二〇二〇年", "day-unreadable")]
    [TestCase("not a day", "day-unreadable")]
    [TestCase("08:15:00", "day-unreadable")]
    [TestCase("2020-11-30 2020-12-01", "day-unreadable")]
    [TestCase("٢٠٢٠", "day-unreadable")]
    [TestCase("2020年11", "day-unreadable")]
    public void Day_ThatIsNone_OrOneOfSeveral_IsRefused(string typed, string code)
    {
        var refusal = SheetValue.Day(Typed(typed)).Refusals.Single();

        Assert.That((refusal.Code.Code, refusal.Pointer), Is.EqualTo((code, "C17")));
        Assert.That(refusal.En, Does.Contain(typed));
    }

    [Test]
    public void Day_WrittenInAnyForm_IsReadBack()
    {
        string[] fullForms =
        [
            "{0:yyyy-MM-dd}",
            "{0:yyyy/M/d}",
            "{0:yyyy.MM.dd}",
            "{0:yyyy年M月d日}",
            "{0:yyyyMMdd}",
            "{0:yyyy-M-d} 00:00",
            "{0:yyyy年MM月dd号}",
        ];
        string[] blanks = ["", " ", "\u3000", "\u00A0", "\t", "\u200B"];
        var cases =
            from day in Gen.Choose(new DateOnly(1900, 1, 1).DayNumber, new DateOnly(2200, 12, 31).DayNumber)
            from form in Gen.Elements(fullForms)
            from before in Gen.Elements(blanks)
            from after in Gen.Elements(blanks)
            from isWide in Gen.Elements(true, false)
            select (Day: DateOnly.FromDayNumber(day), form, before, after, isWide);

        Prop.ForAll(
                cases.ToArbitrary(),
                one =>
                {
                    var text = string.Format(CultureInfo.InvariantCulture, one.form, one.Day);
                    var typed = one.before + (one.isWide ? Wide(text) : text) + one.after;
                    Assert.That(SheetValue.Day(Typed(typed)).Value, Is.EqualTo(PartialDate.Day(one.Day)), typed);
                }
            )
            .Check(Seeded.Config(2_000));
    }

    [Test]
    public void Anything_IsReadOrRefused_ByEveryReader()
    {
        var pieces = Gen.Elements(
            "2020",
            "11",
            "年",
            "月",
            "日",
            "-",
            "/",
            ".",
            " ",
            "，",
            ",",
            "%",
            "万",
            "１",
            "\uD842",
            "😀",
            "'",
            "=",
            "是",
            "(",
            "\u0000",
            "E+17",
            ":"
        );
        var texts = from size in Gen.Choose(0, 9) from parts in pieces.ListOf(size) select string.Concat(parts);

        Prop.ForAll(
                texts.ToArbitrary(),
                text =>
                {
                    var cell = Typed(text);
                    _ = SheetValue.Day(cell).IsRefused;
                    _ = SheetValue.Number(cell).IsRefused;
                    _ = SheetValue.Flag(cell).IsRefused;
                    _ = SheetValue.Name(cell).IsRefused;
                    _ = SheetValue.Code(cell).IsRefused;
                    _ = SheetValue.Alike(text);
                }
            )
            .Check(Seeded.Config(5_000));
    }

    [TestCase("12", 12)]
    [TestCase("-12.50", -12.5)]
    [TestCase("1,234,567.5", 1234567.5)]
    [TestCase("１，２３４", 1234)]
    [TestCase("−5", -5)]
    [TestCase("－5", -5)]
    [TestCase("＋5", 5)]
    [TestCase("￥1,234", 1234)]
    [TestCase("1.5万", 15000)]
    [TestCase("2亿", 200000000)]
    [TestCase("007", 7)]
    [TestCase("\u30003\u00A0", 3)]
    public void Number_IsRead(string typed, double number) =>
        Assert.That(SheetValue.Number(Typed(typed)).Value, Is.EqualTo((decimal)number));

    [TestCase("1,5")]
    [TestCase("1.234,5")]
    [TestCase("12,34")]
    [TestCase("1 234")]
    [TestCase("3个月")]
    [TestCase("1e5")]
    [TestCase("五")]
    [TestCase("--1")]
    [TestCase("10万%")]
    [TestCase("50%")]
    [TestCase("12.5 ％")]
    [TestCase("99999999999999999999999999999999")]
    [TestCase("NaN")]
    public void Number_ThatIsNone_IsRefused(string typed) =>
        Assert.That(SheetValue.Number(Typed(typed)).Refusals.Single().Code, Is.EqualTo(SheetValue.NotNumber));

    [TestCase("是", true)]
    [TestCase(" 有 ", true)]
    [TestCase("YES", true)]
    [TestCase("Ｙ", true)]
    [TestCase("TRUE", true)]
    [TestCase("１", true)]
    [TestCase("√", true)]
    [TestCase("否", false)]
    [TestCase("无", false)]
    [TestCase("no", false)]
    [TestCase("N", false)]
    [TestCase("false", false)]
    [TestCase("0", false)]
    [TestCase("×", false)]
    public void Flag_IsRead(string typed, bool flag) => Assert.That(SheetValue.Flag(Typed(typed)).Value, Is.EqualTo(flag));

    [TestCase("x")]
    [TestCase("2")]
    [TestCase("不详")]
    public void Flag_ThatIsNone_IsRefused(string typed) =>
        Assert.That(SheetValue.Flag(Typed(typed)).Refusals.Single().Code, Is.EqualTo(SheetValue.NotFlag));

    [TestCase("阿依古丽·买买提", "阿依古丽·买买提")]
    [TestCase("阿依古丽•买买提", "阿依古丽·买买提")]
    [TestCase("阿依古丽・买买提", "阿依古丽·买买提")]
    [TestCase("阿依古丽･买买提", "阿依古丽·买买提")]
    [TestCase("阿依古丽 ‧ 买买提", "阿依古丽·买买提")]
    [TestCase("𠮷田•丽", "𠮷田·丽")]
    [TestCase("张\u3000三", "张三")]
    [TestCase("𠮷 𠮷", "𠮷𠮷")]
    [TestCase("  John \u00A0 Smith ", "John Smith")]
    [TestCase("张 John", "张 John")]
    [TestCase("• 张三", "• 张三")]
    [TestCase("\uFA0E\u2FA1", "\uFA0E\u2FA1")]
    [TestCase("买买提.艾力", "买买提.艾力")]
    [TestCase("'=x", "=x")]
    public void Name_KeepsItsCharacters_AndOneDot(string typed, string name) =>
        Assert.That(SheetValue.Name(Typed(typed)).Value, Is.EqualTo(name));

    [Test]
    public void Name_OfBlanks_AsLongAsACellMayBe_TakesNoMoreThanAMoment() =>
        Assert.That(
            SheetValue.Name(Typed("张" + new string(' ', 32_000) + "x" + new string('\u3000', 700) + "·")).Value,
            Is.EqualTo("张 x·")
        );

    [TestCase("000123", "000123")]
    [TestCase("'000123", "000123")]
    [TestCase("００１２Ａｂ", "0012Ab")]
    [TestCase(" 京人社〔2020〕（1）号 ", "京人社〔2020〕（1）号")]
    [TestCase("1E05", "1E05")]
    public void Code_KeepsItsZeros(string typed, string code) =>
        Assert.That(SheetValue.Code(Typed(typed)).Value, Is.EqualTo(code));

    [Test]
    public void Code_WhoseDigitsAreLost_IsRefused()
    {
        Assert.That(SheetValue.Code(Typed("1.10105E+17")).Refusals.Single().Code, Is.EqualTo(SheetValue.DigitsLost));
        Assert.That(
            SheetValue.Code(new(17, 3, CellKind.Number, "110105190001011000", CellMarks.DigitsLost)).Refusals.Single().Code,
            Is.EqualTo(SheetValue.DigitsLost)
        );
    }

    [Test]
    public void Cell_WithoutAValueOfItsOwn_IsRefused_ByEveryReader()
    {
        SheetCell[] cells =
        [
            new(17, 3, CellKind.Error, "#N/A", CellMarks.Formula),
            new(17, 3, CellKind.Empty, "", CellMarks.Formula | CellMarks.NotComputed),
            new(17, 3, CellKind.Empty, "", CellMarks.Covered),
        ];
        string[] codes = ["cell-shows-error", "cell-not-computed", "cell-merged"];

        Assert.That(cells.Select(cell => SheetValue.Text(cell).Refusals.Single().Code.Code), Is.EqualTo(codes));
        Assert.That(cells.Select(cell => SheetValue.Day(cell).Refusals.Single().Code.Code), Is.EqualTo(codes));
        Assert.That(cells.Select(cell => SheetValue.Number(cell).Refusals.Single().Code.Code), Is.EqualTo(codes));
        Assert.That(cells.Select(cell => SheetValue.Flag(cell).Refusals.Single().Code.Code), Is.EqualTo(codes));
        Assert.That(cells.Select(cell => SheetValue.Name(cell).Refusals.Single().Code.Code), Is.EqualTo(codes));
        Assert.That(cells.Select(cell => SheetValue.Code(cell).Refusals.Single().Code.Code), Is.EqualTo(codes));
    }

    [TestCase("")]
    [TestCase(" \u3000\u00A0\u200B")]
    public void Nothing_IsNull(string typed)
    {
        var cell = Typed(typed);

        Assert.That(SheetValue.Text(cell).Value, Is.Null);
        Assert.That(SheetValue.Day(cell).Value, Is.Null);
        Assert.That(SheetValue.Number(cell).Value, Is.Null);
        Assert.That(SheetValue.Flag(cell).Value, Is.Null);
        Assert.That(SheetValue.Name(cell).Value, Is.Null);
        Assert.That(SheetValue.Code(cell).Value, Is.Null);
    }

    [Test]
    public void Refusal_ToldOfAnIdNumber_DoesNotRepeatIt() =>
        Assert.That(SheetValue.Day(Typed("110105190001011231")).Refusals.Single().En, Does.Not.Contain("1101"));

    private static SheetCell Typed(string text) => new(17, 3, CellKind.Text, text);

    /// <summary>In full-width digits and signs.</summary>
    private static string Wide(string text) =>
        string.Concat(text.Select(one => one is > ' ' and <= '~' ? (char)(one + 0xFEE0) : one));
}
