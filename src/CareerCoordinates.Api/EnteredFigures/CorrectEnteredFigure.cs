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

/// <summary>The whole figure as it should have been entered, and why (更正); the organisation stays.</summary>
/// <param name="Indicator">As when recording.</param>
/// <param name="Figure">As when recording.</param>
/// <param name="YearKind">As when recording.</param>
/// <param name="Year">As when recording.</param>
/// <param name="Number">As when recording.</param>
/// <param name="Source">As when recording.</param>
/// <param name="Reason">Why it is corrected; needed, at most 2,000 characters.</param>
public sealed record EnteredFigureCorrection(
    string Indicator,
    string Figure,
    YearKind YearKind,
    int Year,
    decimal Number,
    string Source,
    string Reason
)
{
    internal EnteredFigureContent ContentFor(Guid organizationId) =>
        new(organizationId, Indicator, Figure, new ReportingYear(YearKind, Year), Number, Source);
}

public sealed class EnteredFigureCorrectionValidator : AbstractValidator<EnteredFigureCorrection>
{
    public EnteredFigureCorrectionValidator()
    {
        RuleFor(r => r.Indicator).NotEmpty();
        RuleFor(r => r.Figure).NotEmpty();
        RuleFor(r => r.Source).NotEmpty();
    }
}

public static class CorrectEnteredFigure
{
    public static readonly EnteredFigureCorrection Example = new(
        RecordEnteredFigure.Example.Indicator,
        RecordEnteredFigure.Example.Figure,
        RecordEnteredFigure.Example.YearKind,
        RecordEnteredFigure.Example.Year,
        1291,
        "12351热线平台2025年度统计表（核对后）",
        "Five calls of 31 December were missing."
    );

    public static Task<Results<Answer<EnteredFigureBody>, Problem>> Handle(
        Guid enteredFigureId,
        Body<EnteredFigureCorrection> body,
        IfMatch ifMatch,
        SignedIn me,
        CareerStore store
    ) =>
        store.ChangeAsync<EnteredFigureBody>(
            me,
            tx =>
            {
                var found = EnteredFigureLocking.Newest(tx, me, enteredFigureId, ifMatch);
                if (found.IsRefused)
                {
                    return found.As<Answer<EnteredFigureBody>>();
                }
                var newest = found.Value;
                var reason = EnteredFigureRules.Reason(body.Value.Reason);
                if (reason.IsRefused)
                {
                    return reason.As<Answer<EnteredFigureBody>>();
                }
                var content = RecordEnteredFigure.Decide(
                    tx,
                    enteredFigureId,
                    body.Value.ContentFor(newest.Content.OrganizationId)
                );
                if (content.IsRefused)
                {
                    return content.As<Answer<EnteredFigureBody>>();
                }
                if (content.Value == newest.Content)
                {
                    // Nothing changes, so nothing is superseded.
                    return Answer.Of(EnteredFigureBody.Of(newest), newest.Number);
                }
                var next = newest.Next(content.Value, reason.Value, tx.RecordedAt, me.Name);
                tx.Add(next);
                return Answer.Of(EnteredFigureBody.Of(next), next.Number);
            }
        );
}

internal static class EnteredFigureLocking
{
    /// <summary>The newest revision, locked, if its organisation is in scope and stands, and it is not voided and the one that the caller saw.</summary>
    public static Outcome<Revision<EnteredFigureContent>> Newest(RecordTransaction tx, SignedIn me, Guid id, IfMatch ifMatch)
    {
        if (
            tx.LockEnteredFigure(id) is not [.., var newest]
            || !(me.Scope.Everything || tx.Connection.Covers(me.Scope, newest.Content.OrganizationId, tx.Today))
        )
        {
            return new Refusal(EnteredFigureRules.UnknownEnteredFigure, "");
        }
        if (newest.Voided)
        {
            return new Refusal(EnteredFigureRules.EnteredFigureVoided, "");
        }
        if (tx.Connection.ReadOrganization(newest.Content.OrganizationId) is [.., { Voided: true }])
        {
            return new Refusal(OrganizationRules.OrganizationVoided, "");
        }
        return ifMatch.Check(newest.Number) is { } stale ? stale : newest;
    }
}
