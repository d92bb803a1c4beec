using System.CommandLine;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Commands.Screens;
using CleverRemoteOperator.Configuration.Settings;
using CleverRemoteOperator.Configuration.Texts;

namespace CleverRemoteOperator.Commands.Fleet;

/// <summary>The options by which a command is told what of the fleet to look at.</summary>
internal sealed class FleetOptions
{
    private readonly Option<string[]> _clusters = ClusterOption();

    private readonly Option<string?> _namespace = NamespaceOption();

    private readonly Option<string?> _kind = KindOption();

    /// <summary><c>--cluster</c>, as often as one likes.</summary>
    public static Option<string[]> ClusterOption() => new("--cluster") { Description = "Cluster to look at; may be repeated. Default: all.", HelpName = "name" };

    public static Option<string?> NamespaceOption() =>
        new("--namespace", "-n") { Description = "Namespace to look at. Default: every one that is served.", HelpName = "name" };

    public static Option<string?> KindOption()
    {
        var kind = new Option<string?>("--kind") { Description = "Kind, plural or short name. Default: all kinds.", HelpName = "kind" };
        kind.CompletionSources.Add([.. AddonCatalog.All.Select(known => known.Name)]);
        return kind;
    }

    public void AddTo(Command command)
    {
        command.Options.Add(_clusters);
        command.Options.Add(_namespace);
        command.Options.Add(_kind);
    }

    /// <summary>The clusters that were named, or all.</summary>
    public IReadOnlyList<FleetCluster> Clusters(ParseResult parsed, IReadOnlyList<FleetCluster> all, List<string> mistakes) =>
        Named(parsed.GetValue(_clusters) ?? [], all, mistakes);

    /// <summary>What to look at in each of them.</summary>
    public FleetFilter Filter(ParseResult parsed, IReadOnlyList<FleetCluster> clusters, List<string> mistakes) =>
        Filter(parsed.GetValue(_namespace), parsed.GetValue(_kind), clusters, mistakes);

    /// <inheritdoc cref="Filter(ParseResult, IReadOnlyList{FleetCluster}, List{string})"/>
    public static FleetFilter Filter(string? @namespace, string? kind, IReadOnlyList<FleetCluster> clusters, List<string> mistakes)
    {
        var served = clusters.SelectMany(cluster => cluster.Definition?.Namespaces ?? []).Distinct(StringComparer.Ordinal).ToList();
        if (@namespace is not null && ValueForms.Label.Read(SettingValue.Of(@namespace)) is null)
        {
            mistakes.Add($"option --namespace: \"{Disclosure.Of(@namespace)}\" is not allowed; allowed: {ValueForms.Label.Allowed}");
        }
        else if (@namespace is not null && served.Count > 0 && !served.Contains("*"))
        {
            Words.One("option --namespace", @namespace, served, mistakes);
        }

        return new(@namespace, kind is null ? null : Kind("option --kind", kind, mistakes));
    }

    /// <summary>The kind a person means; null with the mistake when there is none.</summary>
    public static AddonKind? Kind(string where, string text, List<string> mistakes)
    {
        if (AddonCatalog.Find(text) is { } kind)
        {
            return kind;
        }

        Words.One(where, text, [.. AddonCatalog.All.Select(known => known.Name)], mistakes);
        return null;
    }

    /// <summary>The clusters of these names; those that are not configured are mistakes.</summary>
    public static IReadOnlyList<FleetCluster> Named(IReadOnlyList<string> names, IReadOnlyList<FleetCluster> all, List<string> mistakes)
    {
        string[] known = [.. all.Select(cluster => cluster.Name)];
        var wanted = names.Select(name => Words.One("option --cluster", name, known, mistakes)).ToHashSet(StringComparer.Ordinal);
        return names.Count == 0 ? all : [.. all.Where(cluster => wanted.Contains(cluster.Name))];
    }
}
