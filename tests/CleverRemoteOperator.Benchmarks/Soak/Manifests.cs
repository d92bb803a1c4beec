using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Addons.Kinds;

namespace CleverRemoteOperator.Benchmarks.Soak;

/// <summary>The resources the soak makes: both layouts, and the kind whose environment comes from its spec.</summary>
internal static class Manifests
{
    /// <summary>The only key of a config provider's variables.</summary>
    public const string VariableName = "SOAK_VARIABLE";

    public static IReadOnlyList<AddonKind> Kinds { get; } = [Redis.Kind, PostgreSQL.Kind, Cellar.Kind, ConfigProvider.Kind];

    /// <summary>A resource, and the name its connection Secret will have.</summary>
    public static (string Manifest, string Secret) Of(AddonKind kind, string name, string variable)
    {
        var (spec, secret) = kind switch
        {
            _ when kind.WritesVariables => ($"{{variables: {{{VariableName}: {variable}}}}}", $"{name}-secrets"),
            _ when kind == Redis.Kind => ("{version: \"8.8.0\", plan: s, region: par}", name),
            _ when kind == PostgreSQL.Kind => ("{instance: {plan: xs_sml, region: par}, options: {version: 17}}", $"{name}-secrets"),
            _ => ("{plan: S, region: par}", name),
        };
        return ($"{{apiVersion: {AddonCatalog.Group}/{kind.Versions[0]}, kind: {kind.Name}, metadata: {{name: {name}}}, spec: {spec}}}", secret);
    }
}
