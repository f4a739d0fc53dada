using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Answers;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Writes;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Record;
using CareerCoordinates.Data.Reports;
using CareerCoordinates.Domain;
using CareerCoordinates.Domain.People;
using CareerCoordinates.Domain.Reports;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CareerCoordinates.Api.EnteredFigures;

/// <param name="OrganizationId">The organisation that reports.</param>
/// <param name="Indicator">Code of an indicator that the framework says is entered, such as <c>hotline-calls</c>.</param>
/// <param name="Figure">Code of one of its figures.</param>
/// <param name="YearKind">The year to which the figure belongs: one of the two kinds, which are never added.</param>
/// <param name="Year">From 1900 to 2200, begun already, and not over before the first day of the organisation; an `october` year is named after the year in which it ends.</param>
/// <param name="Number">From 0, in the figure's unit: persons, cases and the like whole, money with two decimals.</param>
/// <param name="Source">Where the number comes from; at most 500 characters, no ID number.</param>
public sealed record NewEnteredFigure(
    Guid OrganizationId,
    string Indicator,
    string Figure,
    YearKind YearKind,
    int Year,
    decimal Number,
    string Source
)
{
    internal EnteredFigureContent Content =>
        new(OrganizationId, Indicator, Figure, new ReportingYear(YearKind, Year), Number, Source);
}

public sealed class NewEnteredFigureValidator : AbstractValidator<NewEnteredFigure>
{
    public NewEnteredFigureValidator()
    {
        RuleFor(r => r.Indicator).NotEmpty();
        RuleFor(r => r.Figure).NotEmpty();
        RuleFor(r => r.Source).NotEmpty();
    }
}

public static class RecordEnteredFigure
{
    public static readonly RefusalCode OrganizationNotThere = new(
        "unknown-organization",
        RefusalKind.Rule,
        "There is no organisation {0} for which you may enter figures. List the organisations for their ids.",
        "没有编号为 {0} 的单位，或您不能为其填报。请先查询单位列表。"
    );

    public static readonly NewEnteredFigure Example = new(
        Guid.Parse("0199f3a2-7c11-7d50-8a3e-2f6b1c9d4a00"),
        "hotline-calls",
        "taken",
        YearKind.Calendar,
        2025,
        1286,
        "12351热线平台2025年度统计表"
    );

    public static Task<Results<Recorded<EnteredFigureBody>, Problem>> Handle(
        Body<NewEnteredFigure> body,
        SignedIn me,
        CareerStore store
    ) =>
        store.RecordAsync(
            me,
            body.Idempotency,
            tx =>
            {
                var organization = body.Value.OrganizationId;
                if (
                    tx.LockOrganization(organization) is not [.., { Voided: false }]
                    || !tx.Connection.Covers(me.Scope, organization, tx.Today)
                )
                {
                    return new Refusal(OrganizationNotThere, "/organizationId", organization);
                }
                var id = tx.NewId();
                var content = Decide(tx, id, body.Value.Content);
                return content.IsRefused
                    ? content.As<Recorded<EnteredFigureBody>>()
                    : Add(tx, new(id, 1, false, content.Value, null, tx.RecordedAt, me.Name));
            }
        );

    /// <summary>What may be recorded, given what the organisation has entered; it is locked.</summary>
    internal static Outcome<EnteredFigureContent> Decide(RecordTransaction tx, Guid id, EnteredFigureContent candidate)
    {
        var firstDay = OrganizationHistory.FirstDay(tx.Connection.ReadOrganization(candidate.OrganizationId));
        var content = EnteredFigureRules.Check(tx.Framework, candidate, tx.Today, firstDay);
        return !content.IsRefused && tx.OtherEntry(content.Value, id) is { } other
            ? EnteredFigureRules.Taken(tx.Framework, content.Value, other)
            : content;
    }

    private static Outcome<Recorded<EnteredFigureBody>> Add(RecordTransaction tx, Revision<EnteredFigureContent> revision)
    {
        tx.Add(revision);
        return Answer.Recorded($"/api/v1/entered-figures/{revision.Id}", EnteredFigureBody.Of(revision), revision.Number);
    }
}
