using k8s.Models;

namespace CleverRemoteOperator.Addons.Definitions;

/// <summary>The schema of <c>spec.secret</c>. What Kubernetes allows in names and labels is left to the operator, which says it better.</summary>
internal static class CustomResourceDefinitionSecret
{
    private const int MaxKeys = 128;

    public static V1JSONSchemaProps Schema() => new()
    {
        Description = "What the connection Secret is called and what stands in it. Default: the add-on's environment as Clever Cloud gives it.",
        Type = "object",
        Properties = new Dictionary<string, V1JSONSchemaProps>
        {
            ["enabled"] = new() { Description = "Whether there is a connection Secret. Default: true.", Type = "boolean" },
            ["name"] = Text("Its name. Default: by the layout of the spec.", 253),
            ["labels"] = Texts("Labels beside the operator's own.", 63),
            ["annotations"] = Texts("Annotations beside the operator's own.", 65536),
            ["type"] = Text("Its type: Opaque (default), kubernetes.io/basic-auth, or one of a domain of your own. It cannot be changed once there is one of that name.", 253),
            ["keyPrefix"] = Text("What stands before the names of the add-on's variables.", 63),
            ["keys"] = Texts(
                "More keys, or others in place of the add-on's: each the name of an entry, or a text with $(NAME), $(NAME|uri) where it has to be percent-encoded, and $$ for a dollar.",
                4096),
            ["only"] = new()
            {
                Description = "The keys to publish, as they stand in the Secret. Default: all.",
                Type = "array",
                XKubernetesListType = "set",
                MinItems = 1,
                MaxItems = MaxKeys,
                Items = Text("A key.", 253),
            },
            ["format"] = new()
            {
                Description = "Native (default) publishes the add-on's variables, Both also the entries of the Service Binding specification: type, provider, host, port, uri, username, password, database.",
                Type = "string",
                EnumProperty = ["Native", "Both"],
            },
            ["restart"] = new()
            {
                Description = "What is restarted when the content of the Secret changes: Consumers, for all Deployments, StatefulSets and DaemonSets of the namespace that read it, "
                    + "or a list of those with kind and name. Default: nothing.",
                XKubernetesPreserveUnknownFields = true,
            },
        },
    };

    private static V1JSONSchemaProps Text(string description, int maxLength) => new() { Description = description, Type = "string", MinLength = 1, MaxLength = maxLength };

    private static V1JSONSchemaProps Texts(string description, int maxLength) => new()
    {
        Description = description,
        Type = "object",
        MaxProperties = MaxKeys,
        AdditionalProperties = new V1JSONSchemaProps { Type = "string", MaxLength = maxLength },
    };
}
