using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.BuiltIn;

/// <summary>One field of a built-in type, in the shorthand of <see cref="BuiltInTypes"/>.</summary>
internal sealed record BuiltInField(string Name, bool Required, string Type);

/// <summary>One built-in type: its short name such as <c>core.v1.Secret</c> and its fields.</summary>
internal sealed record BuiltInType(string Name, bool Atomic, IReadOnlyList<BuiltInField> Fields)
{
    private static readonly Dictionary<string, string> Prefixes = new()
    {
        ["meta"] = "io.k8s.apimachinery.pkg.apis.meta",
        ["core"] = "io.k8s.api.core",
        ["coordination"] = "io.k8s.api.coordination",
        ["events"] = "io.k8s.api.events",
        ["apiextensions"] = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions",
    };

    /// <summary>The part after the last dot.</summary>
    public string Kind => Name[(Name.LastIndexOf('.') + 1)..];

    /// <summary>The name of the type's definition in the OpenAPI documents.</summary>
    public string Definition => Prefixes[Package] + Name[Package.Length..];

    /// <summary>Whether objects of this type stand for themselves in the API.</summary>
    public bool IsResource => Fields.Any(candidate => candidate.Type == "ObjectMeta");

    /// <summary>The API group, empty for the core one.</summary>
    public string Group => Package switch
    {
        "coordination" or "events" or "apiextensions" => Package + ".k8s.io",
        _ => "",
    };

    private string Package => Name[..Name.IndexOf('.')];

    /// <summary>The OpenAPI schema, any object for a type without fields; <paramref name="reference"/> gives the schema of a named type.</summary>
    public JsonObject Schema(Func<string, JsonObject> reference)
    {
        if (Fields.Count == 0)
        {
            return new JsonObject { ["type"] = "object", ["x-kubernetes-preserve-unknown-fields"] = true };
        }

        JsonObject properties = [];
        foreach (var field in Fields)
        {
            properties[field.Name] = FieldSchema(field.Type, reference);
        }

        JsonObject schema = new() { ["type"] = "object", ["properties"] = properties };
        string[] required = [.. Fields.Where(field => field.Required).Select(field => field.Name)];
        if (required.Length > 0)
        {
            schema["required"] = new JsonArray([.. required.Select(name => JsonValue.Create(name))]);
        }

        if (Atomic)
        {
            schema["x-kubernetes-map-type"] = "atomic";
        }

        return schema;
    }

    private static JsonObject FieldSchema(string type, Func<string, JsonObject> reference)
    {
        if (type.EndsWith(']'))
        {
            return ListSchema(type, reference);
        }

        return type switch
        {
            "string" or "boolean" => new JsonObject { ["type"] = type },
            "int32" or "int64" => new JsonObject { ["type"] = "integer", ["format"] = type },
            "byte" => new JsonObject { ["type"] = "string", ["format"] = "byte" },
            "time" or "microtime" => new JsonObject { ["type"] = "string", ["format"] = "date-time" },
            "any" => new JsonObject { ["type"] = "object", ["x-kubernetes-preserve-unknown-fields"] = true },
            ['{', .. string inner, '}'] => new JsonObject { ["type"] = "object", ["additionalProperties"] = FieldSchema(inner, reference) },
            _ => reference(type),
        };
    }

    private static JsonObject ListSchema(string type, Func<string, JsonObject> reference)
    {
        var bracket = type.IndexOf('[');
        var marks = type[(bracket + 1)..^1].Split('|');
        var list = marks[0].Split(':');
        JsonObject schema = new() { ["type"] = "array", ["items"] = FieldSchema(type[..bracket], reference) };
        schema["x-kubernetes-list-type"] = list[0].Length == 0 ? "atomic" : list[0];
        if (list.Length > 1)
        {
            schema["x-kubernetes-list-map-keys"] = new JsonArray([.. list[1].Split('+').Select(key => JsonValue.Create(key))]);
        }

        if (marks.Length > 1)
        {
            var patch = marks[1].Split(':');
            schema["x-kubernetes-patch-strategy"] = patch[0];
            if (patch.Length > 1)
            {
                schema["x-kubernetes-patch-merge-key"] = patch[1];
            }
        }

        return schema;
    }
}
