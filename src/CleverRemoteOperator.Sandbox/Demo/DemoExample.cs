using System.Text.Json.Nodes;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Sandbox.KubernetesApi.Writing;

namespace CleverRemoteOperator.Sandbox.Demo;

/// <summary>One manifest of the folder <c>examples</c>, as it was when the program was built.</summary>
internal sealed record DemoExample(ApiResource Type, JsonObject Manifest)
{
    private const string Folder = "examples/";

    public string Name => (string)Manifest["metadata"]!["name"]!;

    /// <summary>Every example: one a kind and those of the product page.</summary>
    public static IReadOnlyList<DemoExample> All { get; } =
    [
        .. typeof(DemoExample).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Read),
    ];

    private static DemoExample Read(string resource)
    {
        using StreamReader reader = new(typeof(DemoExample).Assembly.GetManifestResourceStream(resource)!);
        var manifest = YamlBody.Parse(reader.ReadToEnd())!.AsObject();
        var kind = (string)manifest["kind"]!;
        var apiVersion = ((string)manifest["apiVersion"]!).Split('/');
        return new(new ApiResource(apiVersion[0], apiVersion[1], AddonCatalog.Find(kind)!.Plural, kind), manifest);
    }
}
