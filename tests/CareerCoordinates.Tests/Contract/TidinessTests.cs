using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CareerCoordinates.Tests.Engines;

namespace CareerCoordinates.Tests.Contract;

/// <summary>Rules of the house that are worth repeating are tests. What a rule forbids is spelt so that this file keeps it.</summary>
public partial class TidinessTests
{
    private const int LongestSourceFile = 400;
    private const string Domain = "src/CareerCoordinates.Domain";

    private static readonly string[] OwnAssemblies =
    [
        "CareerCoordinates.Domain",
        "CareerCoordinates.Data",
        "CareerCoordinates.Api",
    ];

    private static IEnumerable<string> OwnText =>
        Repository.TrackedTextFiles.Where(path => !path.EndsWith("package-lock.json", StringComparison.Ordinal));

    [Test]
    public void TopLevel_HoldsOnlyWhatBelongsThere()
    {
        string[] allowed = ["src", "tests", "seeds", "CareerCoordinates.sln", "openapi.yaml", "README.md"];
        string[] settings = ["Directory.Build.props", "Directory.Packages.props", "dotnet-tools.json", "global.json"];

        var others = Repository
            .TrackedFiles.Select(path => path.Split('/')[0])
            .Distinct()
            .Where(name => !name.StartsWith('.') && !allowed.Contains(name) && !settings.Contains(name));

        Assert.That(others, Is.Empty);
    }

    [Test]
    public void NoFile_NamesAMachineOrARegistry()
    {
        Assert.That(Repository.LinesWith(Repository.TrackedTextFiles, MachinePath()), Is.Empty);
        Assert.That(Repository.LinesWith(Repository.TrackedTextFiles, RegistryHost()), Is.Empty);
    }

    [Test]
    public void NoSourceFile_IsTooLongToRead()
    {
        var tooLong = Repository
            .TrackedTextFiles.Where(path => path.StartsWith("src/", StringComparison.Ordinal))
            .Where(path => !path.EndsWith("packages.lock.json", StringComparison.Ordinal))
            .Where(path => !path.EndsWith("package-lock.json", StringComparison.Ordinal))
            .Select(path => (path, lines: Repository.Read(path).Count(letter => letter == '\n')))
            .Where(file => file.lines > LongestSourceFile)
            .Select(file => $"{file.path}: {file.lines} lines, at most {LongestSourceFile}");

        Assert.That(tooLong, Is.Empty);
    }

    [Test]
    public void NothingIsLeftHalfDone() => Assert.That(Repository.LinesWith(OwnText, HalfDone()), Is.Empty);

    [Test]
    public void EveryTestThatIsLeftOut_SaysWhy() =>
        Assert.That(Repository.LinesWith(Repository.SourceFiles("tests"), LeftOutWithoutReason()), Is.Empty);

    [Test]
    public void NoBuildOutput_IsTracked() =>
        Assert.That(Repository.TrackedFiles.Where(path => BuildOutput().IsMatch(path)), Is.Empty);

    [Test]
    public void EveryScript_IsExecutable()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("Windows has no executable bit.");
            return;
        }

        foreach (var script in new[] { "tests/run", ".ci/run" })
        {
            Assert.That(
                File.GetUnixFileMode(Path.Combine(Repository.Root, script)) & UnixFileMode.UserExecute,
                Is.Not.EqualTo(UnixFileMode.None),
                script
            );
        }
    }

    [Test]
    public void EveryPackageVersion_IsExactAndCentral()
    {
        var versions = XDocument
            .Parse(Repository.Read("Directory.Packages.props"))
            .Descendants("PackageVersion")
            .Select(package => $"{package.Attribute("Version")?.Value}");
        Assert.That(versions, Is.Not.Empty.And.All.Matches(@"^\d+\.\d+\.\d+$"));

        var projects = Repository.TrackedFiles.Where(path => path.EndsWith(".csproj", StringComparison.Ordinal)).ToList();
        Assert.That(
            projects.SelectMany(path => XDocument.Parse(Repository.Read(path)).Descendants("PackageReference")),
            Has.None.Matches<XElement>(package => package.Attribute("Version") is not null)
        );
        Assert.That(
            projects.Select(path => Path.GetDirectoryName(path) + "/packages.lock.json"),
            Is.SubsetOf(Repository.TrackedFiles)
        );
    }

    [Test]
    public void EveryInterface_HasTwoImplementations()
    {
        var types = OwnAssemblies
            .Select(Assembly.Load)
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute)))
            .ToList();

        var alone = types
            .Where(type => type.IsInterface)
            .Where(contract => types.Count(type => !type.IsAbstract && Implements(type, contract)) < 2)
            .Select(contract => contract.FullName);

        Assert.That(alone, Is.Empty);

        static bool Implements(Type type, Type contract) =>
            type.GetInterfaces().Any(one => one == contract || (one.IsGenericType && one.GetGenericTypeDefinition() == contract));
    }

    /// <summary>What is done by no request of its own, too, has a name in the trail.</summary>
    [Test]
    public void EveryAction_HasWordsInTheTrail([Values("zh", "en")] string language)
    {
        var words = Repository.Read($"src/CareerCoordinates.Web/src/words/admin.{language}.json");

        var actions = Repository
            .TrackedFiles.Where(path =>
                path.StartsWith("src/", StringComparison.Ordinal) && path.EndsWith(".cs", StringComparison.Ordinal)
            )
            .SelectMany(path => ActionCode().Matches(Repository.Read(path)).Select(found => found.Groups[1].Value))
            .ToList();

        Assert.That(actions, Has.Count.GreaterThan(3));
        Assert.That(actions.Where(action => !words.Contains($"\"action.{action}\":", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Domain_ReferencesNothingButTheRuntime()
    {
        Assert.That(
            Assembly.Load(OwnAssemblies[0]).GetReferencedAssemblies().Select(name => name.Name),
            Is.Not.Empty.And.All.StartsWith("System")
        );
        Assert.That(
            XDocument
                .Parse(Repository.Read($"{Domain}/CareerCoordinates.Domain.csproj"))
                .Descendants()
                .Where(element => element.Name.LocalName.EndsWith("Reference", StringComparison.Ordinal)),
            Is.Empty
        );
    }

    [Test]
    public void Data_DoesNotKnowTheApi() =>
        Assert.That(
            Assembly.Load(OwnAssemblies[1]).GetReferencedAssemblies().Select(name => name.Name),
            Has.None.EqualTo(OwnAssemblies[2])
        );

    [Test]
    public void Domain_AsksNoClock_MakesNoIds_AndTouchesNothingOutside() =>
        Assert.That(Repository.LinesWith(Repository.SourceFiles(Domain), Impure()), Is.Empty);

    [Test]
    public void Source_AsksTheInjectedClockOnly() =>
        Assert.That(Repository.LinesWith(Repository.SourceFiles("src"), SystemClock()), Is.Empty);

    [Test]
    public void Source_KnowsNoCodeOfAnyFramework()
    {
        var codes = new[] { TestFrameworks.Chaoyang, TestFrameworks.Harbour }
            .SelectMany(framework =>
                framework
                    .MilestoneTypes.Keys.Concat(framework.Channels.Select(channel => channel.Code))
                    .Concat(framework.Channels.SelectMany(channel => channel.Rungs).Select(rung => rung.Code))
            )
            .ToHashSet();
        Assert.That(codes, Has.Count.GreaterThan(80));

        var known = new Regex($"\"({string.Join('|', codes.Select(Regex.Escape))})\"");
        Assert.That(Repository.LinesWith(Repository.SourceFiles("src"), known), Is.Empty);
    }

    [Test]
    public void Readme_NamesOnlyWhatExists()
    {
        var named = PathInReadme()
            .Matches(Repository.Read("README.md"))
            .Select(found => found.Groups["path"].Value)
            .Distinct()
            .ToList();

        Assert.That(named, Has.Count.GreaterThan(10));
        Assert.That(named.Where(path => !Path.Exists(Path.Combine(Repository.Root, path))), Is.Empty);
    }

    // A rule that could not find anything would always hold: each pattern finds a planted case.
    [TestCase("machine path", "  \"path\": \"/ro" + "ot/.nuget/packages\"", ExpectedResult = true)]
    [TestCase("machine path", "GET /api/v1/workers", ExpectedResult = false)]
    [TestCase("registry", "\"resolved\": \"https://regi" + "stry.example.org/a.tgz\"", ExpectedResult = true)]
    [TestCase("registry", "https://spec.openapis.org/oas/v3.1.0", ExpectedResult = false)]
    [TestCase("half done", "// TO" + "DO later", ExpectedResult = true)]
    [TestCase("half done", "throw new NotImplemented" + "Exception();", ExpectedResult = true)]
    [TestCase("left out", "[Ign" + "ore]", ExpectedResult = true)]
    [TestCase("left out", "[Test, Expl" + "icit(\"\")]", ExpectedResult = true)]
    [TestCase("left out", "[Explicit(\"takes an hour\")]", ExpectedResult = false)]
    [TestCase("build output", "src/A/bin/Debug/A.dll", ExpectedResult = true)]
    [TestCase("build output", "src/A/Cabinets/A.cs", ExpectedResult = false)]
    [TestCase("impure", "var now = DateTime.UtcNow;", ExpectedResult = true)]
    [TestCase("impure", "var id = Guid.CreateVersion7(at);", ExpectedResult = true)]
    [TestCase("impure", "var day = DateOnly.FromDateTime(moment);", ExpectedResult = false)]
    [TestCase("system clock", "var now = DateTimeOffset.Now;", ExpectedResult = true)]
    public bool Pattern_FindsWhatItForbids(string rule, string line) =>
        rule switch
        {
            "machine path" => MachinePath(),
            "registry" => RegistryHost(),
            "half done" => HalfDone(),
            "left out" => LeftOutWithoutReason(),
            "build output" => BuildOutput(),
            "impure" => Impure(),
            _ => SystemClock(),
        }
            is var pattern
        && pattern.IsMatch(line);

    [Test]
    public void EveryFixtureThatUsesADatabase_RunsOnBothEngines()
    {
        var onOneEngine = typeof(TidinessTests)
            .Assembly.GetTypes()
            .Where(type =>
                type.GetConstructors().Any(made => made.GetParameters().Any(one => one.ParameterType == typeof(TestEngine)))
            )
            .Where(type => type.GetMethods().Any(method => method.IsDefined(typeof(TestAttribute))))
            .Where(type => !type.IsDefined(typeof(BothEnginesAttribute)))
            .Select(type => type.Name);

        Assert.That(onOneEngine, Is.Empty);
    }

    [GeneratedRegex(@"\b(?:Action|\w+Action) = ""(\w+)""")]
    private static partial Regex ActionCode();

    [GeneratedRegex(@"(?<![\w.~-])/(root|work|home/\w+|Users/\w+|tmp/\w+)/|\b[A-Z]:\\\w+")]
    private static partial Regex MachinePath();

    [GeneratedRegex(
        @"https?://[^/\s""']*(registry|nuget|npmjs|artifactory|nexus|mirror|proxy)|^\s*registry\s*=|""resolved"":\s*""https?:"
    )]
    private static partial Regex RegistryHost();

    [GeneratedRegex(@"[`( ](?<path>(src|tests|seeds|\.readme)(/[\w.-]*\w)+)")]
    private static partial Regex PathInReadme();

    [GeneratedRegex(@"\b(TO" + @"DO|FIX" + @"ME|HA" + @"CK|XX" + @"X|NotImplemented" + @"Exception)\b")]
    private static partial Regex HalfDone();

    [GeneratedRegex(@"\[([^\]""]*,\s*)?(Ignore|Explicit)\s*(\(\s*(""\s*""\s*)?\))?\s*[\],]")]
    private static partial Regex LeftOutWithoutReason();

    [GeneratedRegex(
        @"(^|/)(bin|obj|node_modules|TestResults|BenchmarkDotNet\.Artifacts)/|\.(dll|exe|pdb|db|db-wal|db-shm|nupkg|trx)$"
    )]
    private static partial Regex BuildOutput();

    [GeneratedRegex(
        @"\b(DateTime(Offset)?\.(Now|UtcNow|Today)|TimeProvider|Stopwatch|Guid\.(NewGuid|CreateVersion7)|Random\b|RandomNumberGenerator"
            + @"|Environment\.|Console\.|File\.|Directory\.|HttpClient|Thread\.|Task\.)"
    )]
    private static partial Regex Impure();

    [GeneratedRegex(@"\bDateTime(Offset)?\.(Now|UtcNow|Today)\b")]
    private static partial Regex SystemClock();
}
