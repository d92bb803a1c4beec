using System.CommandLine;
using System.Security.Cryptography;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.IntegrationTests.Servers;

namespace CleverRemoteOperator.Benchmarks.Load;

/// <summary>The options all scenarios share.</summary>
/// <param name="defaults">Of one scenario.</param>
/// <param name="without">Names of those that mean nothing to it.</param>
internal sealed class LoadCommandLine(LoadOptions defaults, IReadOnlyList<string> without)
{
    private const string Sandbox = "--sandbox";

    private readonly Option<int> _clusters = CheckedOption.Whole("--clusters", "How many clusters.", defaults.FewestClusters, 200, defaults.Clusters);
    private readonly Option<int> _namespaces = CheckedOption.Whole("--namespaces", "Namespaces served in each cluster.", 1, 1000, defaults.Namespaces);
    private readonly Option<int> _resources = CheckedOption.Whole("--resources", "Resources created in each namespace at once.", 1, 100_000, defaults.Resources);
    private readonly Option<string[]> _kinds = CheckedOption.Of(
        "--kinds", "Kinds every cluster has definitions of, separated by commas, or all; resources are PostgreSQL, else of the first.", ReadKinds,
        "all, or kinds such as PostgreSQL,Redis", (string[])[.. defaults.Kinds]);
    private readonly Option<double> _rate = CheckedOption.Number("--rate", "Resources created a second, one after the other.", 0.1, 10_000, defaults.Rate);
    private readonly Option<TimeSpan> _trickle = CheckedOption.Seconds("--trickle-seconds", "For how long.", defaults.Trickle);
    private readonly Option<TimeSpan> _rest = CheckedOption.Seconds("--rest", "Seconds in which nothing happens.", defaults.Rest);
    private readonly Option<TimeSpan> _latency = CheckedOption.Duration("--api-latency", "How long the Clever API holds back each answer.", defaults.ApiLatency);
    private readonly Option<TimeSpan> _resync = CheckedOption.Duration("--resync", "The operator's setting resync.", defaults.Resync);
    private readonly Option<WatchScope> _scope = CheckedOption.Of(
        "--scope", "One loop of the operator for each namespace, or for the whole cluster.", ReadScope, "namespaces, cluster", defaults.Scope);
    private readonly Option<string?> _assets = CheckedOption.Of<string?>(
        "--assets", "Folder with kube-apiserver and etcd. Default what KUBEBUILDER_ASSETS names; without both, sandbox clusters.", ReadAssets,
        "a folder with the programs kube-apiserver and etcd", null);
    private readonly Option<bool> _sandbox = new(Sandbox) { Description = "Sandbox clusters, whatever KUBEBUILDER_ASSETS names." };
    private readonly Option<string?> _operator = CheckedOption.Of<string?>(
        "--operator", "Folder with a published operator. Default: it is published first.", ReadOperator, "a folder with clever-remote-operator", null);
    private readonly Option<bool> _managed = new("--managed") { Description = "Publish it for the .NET runtime. Default: as a native program, which needs clang or gcc." };
    private readonly Option<int> _seed = CheckedOption.Whole("--seed", "Repeats what is done. Default a new one, which is printed.", 0, int.MaxValue, 0);
    private readonly Option<int> _runs = CheckedOption.Whole("--runs", "How often all is done, from the start; medians are shown.", 1, 100, defaults.Runs);
    private readonly Option<string?> _json = CheckedOption.File("--json", "File to write everything to, as JSON.");

    /// <summary>Adds them to a scenario's command.</summary>
    public void AddTo(Command command)
    {
        Option[] options = [_clusters, _namespaces, _resources, _kinds, _rate, _trickle, _rest, _latency, _resync, _scope, _assets, _sandbox, _operator, _managed, _seed, _runs, _json];
        foreach (var option in options.Where(option => !without.Contains(option.Name)))
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (result.GetResult(_sandbox) is { Implicit: false } && result.GetResult(_assets) is { Implicit: false })
            {
                result.AddError($"{Sandbox} and --assets exclude each other; give one of them");
            }
            else if (result.GetResult(_sandbox) is null or { Implicit: true } && result.GetResult(_assets) is null or { Implicit: true }
                && RealApiServer.Assets is not null && RealApiServer.MissingBecause is { } problem)
            {
                result.AddError($"{problem} Or give {Sandbox}.");
            }
        });
    }

    public LoadOptions Read(ParseResult parsed) => new()
    {
        Clusters = Value(parsed, _clusters, defaults.Clusters),
        Namespaces = Value(parsed, _namespaces, defaults.Namespaces),
        Resources = Value(parsed, _resources, defaults.Resources),
        Kinds = Value(parsed, _kinds, (string[])[.. defaults.Kinds]),
        Rate = Value(parsed, _rate, defaults.Rate),
        Trickle = Value(parsed, _trickle, defaults.Trickle),
        Rest = Value(parsed, _rest, defaults.Rest),
        ApiLatency = Value(parsed, _latency, defaults.ApiLatency),
        Resync = Value(parsed, _resync, defaults.Resync),
        Scope = Value(parsed, _scope, defaults.Scope),
        Assets = parsed.GetValue(_sandbox) ? null : parsed.GetValue(_assets) ?? RealApiServer.Assets,
        Operator = parsed.GetValue(_operator),
        IsManaged = parsed.GetValue(_managed),
        Seed = parsed.GetResult(_seed) is { Implicit: false } ? parsed.GetValue(_seed) : RandomNumberGenerator.GetInt32(int.MaxValue),
        Runs = parsed.GetValue(_runs),
        Json = parsed.GetValue(_json),
    };

    /// <summary>The options as they would be given, to repeat a run.</summary>
    public string Describe(LoadOptions options)
    {
        FormattableString[] all =
        [
            $"--clusters {options.Clusters}", $"--namespaces {options.Namespaces}", $"--resources {options.Resources}",
            $"--kinds {(options.Kinds.Count == AddonCatalog.All.Count ? "all" : string.Join(',', options.Kinds))}", $"--rate {options.Rate}",
            $"--trickle-seconds {options.Trickle.TotalSeconds}", $"--rest {options.Rest.TotalSeconds}", $"--api-latency {options.ApiLatency.TotalMilliseconds}ms",
            $"--resync {options.Resync.TotalMilliseconds}ms", $"--scope {options.Scope.ToString().ToLowerInvariant()}",
            $"{(options.Assets is null ? Sandbox : $"--assets {options.Assets}")}", $"--seed {options.Seed}", $"--runs {options.Runs}",
            $"{(options.IsManaged ? "--managed" : "")}",
        ];
        return string.Join(' ', all.Select(FormattableString.Invariant).Where(text => text.Length > 0 && !without.Contains(text.Split(' ')[0])));
    }

    private static T Value<T>(ParseResult parsed, Option<T> option, T without) => parsed.GetResult(option) is null ? without : parsed.GetValue(option)!;

    private static string[]? ReadKinds(string text)
    {
        AddonKind?[] kinds = text == "all" ? [.. AddonCatalog.All] : [.. text.Split(',').Select(AddonCatalog.Find)];
        return kinds.Contains(null) ? null : [.. kinds.Select(kind => kind!.Name).Distinct()];
    }

    private static Box<WatchScope>? ReadScope(string text) => text switch
    {
        "namespaces" => new(WatchScope.Namespaces),
        "cluster" => new(WatchScope.Cluster),
        _ => null,
    };

    private static string? ReadAssets(string text) => RealApiServer.MissingIn(text) is null ? Path.GetFullPath(text) : null;

    private static string? ReadOperator(string text) => OperatorProgram.In(text) is null ? null : Path.GetFullPath(text);
}
