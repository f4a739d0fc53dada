using CareerCoordinates.Api.Access;
using CareerCoordinates.Api.Affiliations;
using CareerCoordinates.Api.EnteredFigures;
using CareerCoordinates.Api.Erasures;
using CareerCoordinates.Api.Exports;
using CareerCoordinates.Api.Frameworks;
using CareerCoordinates.Api.Grid;
using CareerCoordinates.Api.Hosting;
using CareerCoordinates.Api.Imports;
using CareerCoordinates.Api.Json;
using CareerCoordinates.Api.Milestones;
using CareerCoordinates.Api.OpenApi;
using CareerCoordinates.Api.Operations;
using CareerCoordinates.Api.Organizations;
using CareerCoordinates.Api.OwnRecord;
using CareerCoordinates.Api.Problems;
using CareerCoordinates.Api.Reports;
using CareerCoordinates.Api.Requests;
using CareerCoordinates.Api.Web;
using CareerCoordinates.Api.Workers;

var command = Command.Parse(args);
if (command is Command.Mistaken mistaken)
{
    await Console.Error.WriteLineAsync(mistaken.In(Command.LanguageOf(args)));
    return ExitCodes.Mistaken;
}
if (command is Command.Help)
{
    await Console.Out.WriteLineAsync(Command.Usage);
    return 0;
}

var builder = WebApplication.CreateBuilder(
    new WebApplicationOptions { Args = command.Configuration, ContentRootPath = AppContext.BaseDirectory }
);
try
{
    Settings.Check(builder.Configuration);
}
catch (SettingException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return ExitCodes.Refused;
}
builder.UseCareerServer();
builder.Services.ConfigureHttpJsonOptions(options => ApiJson.Configure(options.SerializerOptions));
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddCareerData();
builder.Services.AddRequestValidators(typeof(Program).Assembly);
builder.Services.AddCompression();
builder.Services.AddAccess();
builder.Services.AddReports();
builder.Services.AddImports();
builder.Services.AddExports();
builder.Services.AddOperations();
builder.Services.AddApiDocument();

var app = builder.Build();
app.UseSafeHeaders();
app.UseCompression();
app.UseProblemDetails();
app.UseNetworkRules();
app.UseGatekeeper();
app.MapApiDocument(isForEverybody: command is Command.Demo);
app.UseWebApp(isDemo: command is Command.Demo);
app.MapOperations();

var api = app.MapGroup("/api/v1").TakesHead().AddEndpointFilter<RequestShape>();
api.MapSignIn();
api.MapGettingIn();
api.MapAccounts();
api.MapFrameworks();
api.MapOrganizations();
api.MapWorkers();
api.MapErasures();
api.MapAffiliations();
api.MapMilestones();
api.MapGrid();
api.MapOwnRecord();
api.MapReports();
api.MapEnteredFigures();
api.MapSavedReports();
api.MapImports();
api.MapExports();

return await command.Run(app);

public partial class Program;
