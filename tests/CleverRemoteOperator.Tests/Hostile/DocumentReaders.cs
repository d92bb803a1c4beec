using System.Text.RegularExpressions;
using CleverRemoteOperator.Commands;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Configuration.Sources;
using CleverRemoteOperator.Kubernetes.Kubeconfig;
using OperatorCommandLine = CleverRemoteOperator.Commands.CommandLine;

namespace CleverRemoteOperator.Tests.Hostile;

/// <summary>Readers of what configures the operator: files, variables, kubeconfigs, credentials, the command line.</summary>
internal static partial class DocumentReaders
{
    // Where nothing lies: no file of this machine is read instead of the input.
    private const string Nowhere = "/nonexistent";

    public static IReadOnlyList<Reader> All { get; } =
    [
        new("kubeconfig", ReadKubeconfig) { HidesSecrets = true },
        new("namespace-credentials", ReadCredentials) { HidesSecrets = true },
        new("configuration-file", ReadConfiguration) { HidesSecrets = true },
        new("environment", ReadEnvironment) { HidesSecrets = true, MaxMessage = 2048 },
        new("command-line", ReadCommandLine) { HidesSecrets = true, MaxMessage = 2048 },
    ];

    public static KubeconfigResult Kubeconfig(byte[] bytes) => new KubeconfigReader(
        new ClusterOptions { Name = "hostile", Source = "hostile" }, TimeProvider.System).Read(Reader.Text(bytes));

    public static CredentialsReading Credentials(byte[] bytes) => CredentialsText.Parse(
        Reader.Text(bytes), "config", new EndpointRule(origin => origin == ApiEndpoint.Public || origin == ApiEndpoint.PublicBridge, "the public ones"));

    private static Reading ReadKubeconfig(byte[] bytes)
    {
        var (connection, mistakes) = Kubeconfig(bytes);
        return new(connection is null ? "refused" : $"connection{(connection.Token is null ? "" : ", token")}{(connection.Credentials is null ? "" : ", source")}", mistakes);
    }

    private static Reading ReadCredentials(byte[] bytes)
    {
        var (credentials, mistakes) = Credentials(bytes);
        return new(credentials is null ? "refused" : credentials.IsBearer ? "bearer" : "OAuth1", [.. mistakes.Select(mistake => mistake.ToString())]);
    }

    private static Reading ReadConfiguration(byte[] bytes) => Reading.All(Enum.GetValues<DocumentFormat>().Select(format => Reading.Of<DocumentException>(() =>
    {
        var document = DocumentText.Parse(Reader.Text(bytes), format);
        var reading = new DocumentSettings("test", path => path).Read(document, ["api", "operator", "clusters"]);
        return new($"{format} {reading.Settings.Count > 0}", [.. ConfigurationMistake.Bounded(reading.Mistakes).Select(mistake => mistake.ToString())]);
    })));

    private static Reading ReadEnvironment(byte[] bytes)
    {
        var result = new ConfigurationLoader(Surroundings(Reader.Text(bytes))).Load(new());
        using var errors = new StringWriter();
        using var output = new StringWriter();
        var code = new CheckReport(output, errors).Write(result);
        return new($"{code}, {result.Draft.Clusters.Count} clusters", [.. Lines(errors), .. Lines(output)]);
    }

    private static Reading ReadCommandLine(byte[] bytes)
    {
        var arguments = Reader.Text(bytes).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        // Neither written to nor read from files somewhere here.
        if (arguments.Any(argument => argument.StartsWith('@') || (argument.StartsWith('-') && argument.Contains('o', StringComparison.Ordinal))))
        {
            arguments = ["--", .. arguments.Select(argument => argument.TrimStart('@', '-'))];
        }

        using var errors = new StringWriter();
        using var output = new StringWriter();
        var code = OperatorCommandLine.RunAsync(arguments, Surroundings(""), (_, _) => Task.FromResult(0), output, errors).GetAwaiter().GetResult();
        return new($"{code}", [.. Lines(errors)]);
    }

    private static ProcessEnvironment Surroundings(string text) => new(
        EveryName().Split(text).Select(entry => entry.Split('=', 2)).Where(entry => entry.Length == 2)
            .GroupBy(entry => entry[0], entry => entry[1], StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal),
        Nowhere, Home: null)
    {
        Root = Nowhere,
    };

    private static string[] Lines(StringWriter writer) => writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);

    // A value may have lines.
    [GeneratedRegex("\n(?=[A-Z_0-9]+=)")]
    private static partial Regex EveryName();
}
