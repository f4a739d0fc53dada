using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Domain.Time;

namespace CareerCoordinates.Api.Access;

/// <summary>
/// A sheet of slips to print and cut out. It loads nothing and runs nothing: its policy allows the one style that stands in it.
/// </summary>
internal sealed class ClaimSheetPage(ClaimSheetBody sheet, TimeZoneInfo zone) : IResult
{
    private const string Style = """
        body { font-family: sans-serif; margin: 8mm; color: #000; background: #fff }
        h1 { font-size: 14pt }
        .slips { display: grid; grid-template-columns: 1fr 1fr }
        .slip { border: 1px dashed #888; padding: 4mm; break-inside: avoid; display: grid; grid-template-columns: 1fr 32mm; gap: 3mm }
        .slip svg { width: 32mm; height: 32mm }
        .slip p { margin: 0 0 1.5mm; font-size: 10pt; overflow-wrap: anywhere }
        .slip .name { font-size: 13pt; font-weight: bold }
        .slip .code { font-size: 16pt; font-family: monospace }
        @media print { body { margin: 0 } .note { display: none } }
        """;

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var language = Languages.Of(httpContext);
        var response = httpContext.Response;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentLanguage = language.Tag();
        response.Headers.Append("Vary", "Accept-Language");
        response.Headers.ContentSecurityPolicy = Policy;
        return response.WriteAsync(PageIn(language), httpContext.RequestAborted);
    }

    private string PageIn(Language language)
    {
        var words = language == Language.Zh ? Words.Zh : Words.En;
        var page = new StringBuilder();
        page.Append(
            CultureInfo.InvariantCulture,
            $"<!DOCTYPE html>\n<html lang=\"{language.Tag()}\"><head><meta charset=\"utf-8\">"
        );
        page.Append(CultureInfo.InvariantCulture, $"<title>{words.Title}</title><style>{Style}</style></head><body>");
        page.Append(
            CultureInfo.InvariantCulture,
            $"<h1>{words.Title}</h1><p class=\"note\">{words.Note(sheet.Items.Count, sheet.Remaining)}</p>"
        );
        page.Append("<div class=\"slips\">");
        foreach (var item in sheet.Items)
        {
            var until = TimeZoneInfo
                .ConvertTime(item.EndsAt.ToDateTimeOffset(), zone)
                .ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
            page.Append(CultureInfo.InvariantCulture, $"<section class=\"slip\"><div><p class=\"name\">{Safe(item.Name)}</p>");
            if (item.StaffNumber is { } number)
            {
                page.Append(CultureInfo.InvariantCulture, $"<p>{words.StaffNumber} {Safe(number)}</p>");
            }
            page.Append(
                CultureInfo.InvariantCulture,
                $"<p>{words.Code} <span class=\"code\">{item.Code}</span></p><p>{words.Until} {until}</p>"
            );
            page.Append(
                CultureInfo.InvariantCulture,
                $"<p>{words.WhatToDo(Safe(item.Link.Split('#')[0]))}</p></div>{item.Qr}</section>\n"
            );
        }
        return page.Append("</div></body></html>\n").ToString();
    }

    private static string Safe(string text) => WebUtility.HtmlEncode(text);

    private sealed record Words(
        string Title,
        string StaffNumber,
        string Code,
        string Until,
        Func<string, string> WhatToDo,
        Func<int, int, string> Note
    )
    {
        public static readonly Words Zh = new(
            "职工账号激活码",
            "工号",
            "激活码",
            "有效期至",
            link =>
                $"扫描二维码或打开 {link}，填写姓名（与本单一致）和激活码，自己设定账号名和密码。激活码只能使用一次，请勿转交他人。",
            (shown, remaining) =>
                $"本页 {shown} 份，仅显示这一次，请立即打印，沿虚线裁开，分别交给本人。{(remaining > 0 ? $"尚有 {remaining} 人待生成。" : "")}"
        );
        public static readonly Words En = new(
            "Claim codes for accounts",
            "Staff number",
            "Code",
            "Good until",
            link =>
                $"Scan the QR code or open {link}, give your name as written here and the code, and choose an account name and a password. The code works once. Give it to nobody.",
            (shown, remaining) =>
                $"{shown} slips, shown this once: print them now, cut along the lines and give each to its person.{(remaining > 0 ? $" {remaining} more people are waiting for theirs." : "")}"
        );
    }
}
