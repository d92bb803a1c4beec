using System.Text;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Sandbox.Demo;

namespace CleverRemoteOperator.Benchmarks.Driving;

/// <summary>How resources of one kind look that differ in their names only: as the example of the kind.</summary>
internal sealed class ResourceShape
{
    private const string NamePlace = "NAME";

    // No add-on moves for an edit: the status tells the difference.
    private static readonly string[] Regions = ["par", "mtl"];

    private readonly AddonKind _kind;
    private readonly string _before;
    private readonly string _after;

    private ResourceShape(AddonKind kind, JsonObject example)
    {
        _kind = kind;
        var manifest = new JsonObject
        {
            ["apiVersion"] = $"{AddonCatalog.Group}/{kind.Versions[0]}",
            ["kind"] = kind.Name,
            ["metadata"] = new JsonObject { ["name"] = NamePlace },
            ["spec"] = example["spec"]!.DeepClone(),
        };
        var parts = manifest.ToJsonString().Split($"\"{NamePlace}\"");
        (_before, _after) = ($"{parts[0]}\"", $"\"{parts[1]}");
    }

    public ApiResource Type => new(AddonCatalog.Group, _kind.Versions[0], _kind.Plural, _kind.Name);

    /// <summary>All of them in a cluster.</summary>
    public string Collection => $"/apis/{AddonCatalog.Group}/{_kind.Versions[0]}/{_kind.Plural}";

    public static ResourceShape Of(AddonKind kind) =>
        new(kind, DemoExample.All.First(example => example.Type.Group == AddonCatalog.Group && example.Type.Kind == kind.Name).Manifest);

    public string CollectionIn(string @namespace) => $"/apis/{AddonCatalog.Group}/{_kind.Versions[0]}/namespaces/{@namespace}/{_kind.Plural}";

    public byte[] Body(string name) => Encoding.UTF8.GetBytes(_before + name + _after);

    /// <summary>A merge patch of the spec; the next number's makes a difference.</summary>
    public byte[] Edit(int number) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["spec"] = _kind.WritesVariables
            ? new JsonObject { ["variables"] = new JsonObject { ["EDIT"] = $"{number}" } }
            : new JsonObject { ["region"] = Regions[number % Regions.Length] },
    }.ToJsonString());

    /// <summary>The connection Secret of a resource.</summary>
    public string SecretOf(string name) => _kind.HasOneLayout ? $"{name}-secrets" : name;
}
