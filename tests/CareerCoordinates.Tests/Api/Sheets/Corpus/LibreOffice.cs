using System.Diagnostics;

namespace CareerCoordinates.Tests.Api.Sheets.Corpus;

/// <summary>LibreOffice without a screen, with a profile of its own.</summary>
internal static class LibreOffice
{
    /// <summary>Comma, quotation mark, UTF-8, from the first line on, columns as they look, and what looks like a formula is one, as Excel has it.</summary>
    private const string CsvWithFormulas = "Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,0,true";

    /// <summary>The file opened, and saved as the text of everything that it holds.</summary>
    public static async Task<string> OpenAsync(byte[] file, string extension)
    {
        var folder = Directory.CreateTempSubdirectory("career-office-").FullName;
        try
        {
            var source = Path.Combine(folder, "file" + extension);
            await File.WriteAllBytesAsync(source, file);
            string[] arguments =
            [
                "--headless",
                $"-env:UserInstallation={new Uri(Path.Combine(folder, "profile"))}",
                .. extension == ".csv" ? [$"--infilter={CsvWithFormulas}"] : (string[])[],
                "--convert-to",
                "fods",
                "--outdir",
                Path.Combine(folder, "out"),
                source,
            ];
            using var office = Process.Start(
                new ProcessStartInfo("soffice", arguments) { RedirectStandardOutput = true, RedirectStandardError = true }
            )!;
            var said = (
                await Task.WhenAll(office.StandardOutput.ReadToEndAsync(), office.StandardError.ReadToEndAsync())
            ).Aggregate(string.Concat);
            await office.WaitForExitAsync();
            var opened = Path.Combine(folder, "out", "file.fods");
            Assert.That(File.Exists(opened), Is.True, said);
            return await File.ReadAllTextAsync(opened);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
