using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;
using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Demo;
using CareerCoordinates.Api.Exports;
using CareerCoordinates.Api.Imports;
using CareerCoordinates.Api.Json;
using CareerCoordinates.Api.Moves;
using CareerCoordinates.Api.OpenApi;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Reports;
using CareerCoordinates.Data;
using CareerCoordinates.Data.Access;
using CareerCoordinates.Data.Clocks;
using CareerCoordinates.Data.Engines;
using CareerCoordinates.Data.Frameworks;
using CareerCoordinates.Data.Gate;
using CareerCoordinates.Data.Moves;
using CareerCoordinates.Data.Protection;
using CareerCoordinates.Domain.Access;
using Microsoft.EntityFrameworkCore.Storage;

namespace CareerCoordinates.Api.Hosting;

/// <summary>What each command does with the built program; the number is the exit code.</summary>
public static class Commands
{
    public static Task<int> Run(this Command command, WebApplication app) =>
        command switch
        {
            Command.OpenApi => WriteDocument(app),
            Command.Serve => Serve(app, Nothing),
            Command.Demo => Serve(app, store => FillDemo(app, store)),
            Command.DemoOf demo => Fill(
                app,
                store => MakeDemo(app, store, () => DemoCommands.Population(store, app.Configuration, demo.Workers))
            ),
            Command.CreateAdministrator made => CreateAdministrator(app, made.Name),
            Command.EraseWorker erased => Fill(
                app,
                store => Erasures.EraseWorker.RunAsync(store, erased.WorkerId, erased.Reason)
            ),
            Command.RebuildStandings rebuild => Rebuild(app, rebuild.CheckOnly),
            Command.Move asked => Move(app, asked),
            Command.Report report => Ask(
                app,
                report.Asked.Language,
                "report",
                () => ReportCommand.RunAsync(app.Services, report.Asked)
            ),
            Command.Export export => Ask(
                app,
                export.Asked.Language,
                "export",
                () => ExportCommand.RunAsync(app.Services, export.Asked)
            ),
            Command.Import import => Ask(
                app,
                import.Asked.Language,
                "import",
                () => ImportCommand.RunAsync(app.Services, import.Asked)
            ),
            _ => throw new InvalidOperationException($"Nothing does {command.GetType().Name}."),
        };

    /// <summary>Without an account everybody on this machine may do everything: the start says how to make the first.</summary>
    private static async Task Nothing(CareerStore store)
    {
        if (!store.Reader.OnConnection(c => c.HasAccounts()))
        {
            await Console.Error.WriteLineAsync(
                "There is no account yet: whoever can connect on this machine may do everything. To end that, stop, run 'account create-administrator <name>', and start again."
            );
        }
    }

    /// <summary>A demo that is there already is served as it is.</summary>
    private static async Task FillDemo(WebApplication app, CareerStore store)
    {
        if (DemoAccounts.MadeBefore(store) is { } told)
        {
            await Console.Error.WriteLineAsync(told);
            return;
        }
        await MakeDemo(app, store, () => DemoCommands.District(store));
    }

    private static async Task MakeDemo(WebApplication app, CareerStore store, Func<Task> fill)
    {
        var password = DemoAccounts.ChosenPassword();
        await fill();
        await Console.Error.WriteLineAsync(
            await DemoAccounts.MakeAsync(store, app.Services.GetRequiredService<Passwords>(), password)
        );
    }

    private static async Task<int> CreateAdministrator(WebApplication app, string name)
    {
        var password = Access.CreateAdministrator.ReadPassword() ?? "";
        return await Fill(
            app,
            async store =>
            {
                var passwords = app.Services.GetRequiredService<Passwords>();
                var made = await Access.CreateAdministrator.RunAsync(store, passwords, name, password);
                if (made.IsRefused)
                {
                    throw new SettingException(made.Refusals[0].En);
                }
                await Console.Error.WriteLineAsync($"The account {name} can sign in now.");
            }
        );
    }

    private static Task<int> Rebuild(WebApplication app, bool checkOnly) =>
        Work(app, store => RebuildStandings.RunAsync(store, checkOnly), () => CareerData.CheckExists(app.Configuration));

    private static Task<int> Fill(WebApplication app, Func<CareerStore, Task> fill) =>
        Work(
            app,
            async store =>
            {
                await fill(store);
                return 0;
            }
        );

    /// <param name="before">Asked before the database is opened.</param>
    private static async Task<int> Work(WebApplication app, Func<CareerStore, Task<int>> work, Action? before = null)
    {
        await using var _ = app;
        try
        {
            before?.Invoke();
            return await work(app.Services.GetRequiredService<CareerStore>());
        }
        catch (Exception e) when (IsForTheOperator(e))
        {
            return await RefuseAsync(e, Language.En);
        }
    }

    /// <param name="what">It is asked for, of the database or of a server that runs on it.</param>
    private static async Task<int> Ask(WebApplication app, Language language, string what, Func<Task<int>> ask)
    {
        await using var _ = app;
        try
        {
            return await ask();
        }
        catch (DatabaseInUseException e)
        {
            await Console.Error.WriteLineAsync(
                language.Say(
                    $"{e.Message} For this {what}: --url with the server's address, and an API token in {RunningServer.TokenVariable}.",
                    $"{e.Zh}{what} 可用 --url 指定服务器地址，并在 {RunningServer.TokenVariable} 中给出 API 令牌。"
                )
            );
            return ExitCodes.Refused;
        }
        catch (Exception e) when (IsForTheOperator(e))
        {
            return await RefuseAsync(e, language);
        }
    }

    private static async Task<int> Move(WebApplication app, Command.Move asked)
    {
        await using var _ = app;
        try
        {
            return await MoveCommand.RunAsync(app.Services, asked);
        }
        catch (Exception e) when (IsForTheOperator(e))
        {
            return await RefuseAsync(e, asked.Language);
        }
    }

    private static async Task<int> RefuseAsync(Exception e, Language language)
    {
        await Console.Error.WriteLineAsync(language == Language.Zh && e is OperatorException { Zh: var zh } ? zh : e.Message);
        return ExitCodes.Refused;
    }

    private static async Task<int> Serve(WebApplication app, Func<CareerStore, Task> before)
    {
        try
        {
            ListenAddresses.Check(app.Configuration);
            var notice = app.Services.GetRequiredService<Notice>();
            var store = app.Services.GetRequiredService<CareerStore>();
            await store.PublishNoticeAsync(notice.Version, JsonSerializer.Serialize(notice, ApiJson.Options));
            await before(store);
            if (ListenAddresses.AreForOthers(app.Configuration) && LocalUser.IsAlone(store))
            {
                throw new SettingException(
                    "There is no account yet, so other machines must not connect. Run 'account create-administrator NAME' first, or listen on this machine only."
                );
            }
            var framework = FrameworkLoading.Load(app.Configuration);
            await Start(app);
            // A new version of the framework may move many: reads answer with the old one meanwhile.
            await store.PublishAsync(framework);
        }
        catch (Exception e) when (IsForTheOperator(e))
        {
            await app.DisposeAsync();
            return await RefuseAsync(e, Language.En);
        }
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static async Task Start(WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch (Exception e) when (e is InvalidOperationException or CryptographicException)
        {
            // Such as a certificate that is missing or whose password is wrong.
            throw new SettingException($"The server could not start on its addresses: {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    /// <summary>What whoever starts the program can put right: said in one line, without a stack.</summary>
    private static bool IsForTheOperator(Exception e) =>
        e
            is NotLoopbackException
                or DemoDataException
                or IOException
                or UnauthorizedAccessException
                or DbException
                or RetryLimitExceededException
                or OperatorException
                or ProtectionKeyException
                or FrameworkFileException
                or FrameworkMismatchException
                or NoticeMismatchException
                or SystemTimeWrongException
                or DatabaseFileException
                or StoreUnavailableException
                or TablesOfAnotherVersionException;

    private static async Task<int> WriteDocument(WebApplication app)
    {
        // Routing takes the endpoints over when the server starts; this command does not start it.
        app.UseRouting();
        app.UseEndpoints(_ => { });
        await Console.Out.WriteAsync(await ApiDocument.ToYaml(app.Services));
        return 0;
    }
}
