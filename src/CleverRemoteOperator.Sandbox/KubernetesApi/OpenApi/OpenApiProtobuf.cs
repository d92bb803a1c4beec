using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Protobuf;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.OpenApi;

/// <summary>The document at /openapi/v2 as protobuf (gnostic's openapi.v2.Document), which kubectl up to 1.26 asks for in this form only.</summary>
internal static class OpenApiProtobuf
{
    private static readonly (string Method, int Number)[] Methods = [("get", 2), ("put", 3), ("post", 4), ("delete", 5), ("patch", 8)];

    public static ReadOnlyMemory<byte> Write(JsonObject document)
    {
        ProtobufWriter writer = new();
        writer.Text(1, document.Text("swagger"));
        writer.Message(2, info =>
        {
            info.Text(1, document.Text("info", "title"));
            info.Text(2, document.Text("info", "version"));
        });
        writer.Message(8, paths => Named(paths, 2, document.Map("paths"), Path));
        writer.Message(9, definitions => Named(definitions, 1, document.Map("definitions"), Schema));
        return writer.Bytes;
    }

    /// <summary>Writes a map as messages of a name and a value.</summary>
    private static void Named(ProtobufWriter writer, int number, JsonObject? map, Action<ProtobufWriter, JsonObject> write)
    {
        foreach ((var name, var value) in map ?? [])
        {
            writer.Message(number, entry =>
            {
                entry.Text(1, name);
                entry.Message(2, inner => write(inner, value!.AsObject()));
            });
        }
    }

    private static void Path(ProtobufWriter writer, JsonObject item)
    {
        foreach ((var method, var number) in Methods)
        {
            if (item.Map(method) is { } operation)
            {
                writer.Message(number, inner => Operation(inner, operation));
            }
        }
    }

    private static void Operation(ProtobufWriter writer, JsonObject operation)
    {
        writer.Text(5, operation.Text("operationId"));
        foreach (var parameter in operation.Maps("parameters").Where(parameter => parameter.Text("in") == "query"))
        {
            // Items may be references, parameters may have a body: three messages lead to a parameter of the query.
            writer.Message(8, item => item.Message(1, any => any.Message(2, other => other.Message(3, query =>
            {
                query.Text(2, "query");
                query.Text(4, parameter.Text("name"));
                query.Text(6, parameter.Text("type"));
            }))));
        }

        Extensions(writer, 13, operation);
    }

    private static void Schema(ProtobufWriter writer, JsonObject schema)
    {
        writer.Text(1, schema.Text("$ref"));
        writer.Text(2, schema.Text("format"));
        writer.Text(4, schema.Text("description"));
        foreach (var name in schema.Texts("required"))
        {
            writer.Text(19, name);
        }

        if (schema.Map("additionalProperties") is { } additional)
        {
            writer.Message(21, item => item.Message(1, inner => Schema(inner, additional)));
        }
        else if (schema.Flag("additionalProperties"))
        {
            writer.Message(21, item => item.Flag(2, true));
        }

        if (schema.Text("type") is { } type)
        {
            writer.Message(22, item => item.Text(1, type));
        }

        if (schema.Map("items") is { } items)
        {
            writer.Message(23, item => item.Message(1, inner => Schema(inner, items)));
        }

        if (schema.Map("properties") is { } properties)
        {
            writer.Message(25, inner => Named(inner, 1, properties, Schema));
        }

        Extensions(writer, 31, schema);
    }

    /// <summary>What Kubernetes adds to OpenAPI, each value as YAML, of which JSON is a part.</summary>
    private static void Extensions(ProtobufWriter writer, int number, JsonObject of)
    {
        foreach ((var name, var value) in of.Where(pair => pair.Key.StartsWith("x-", StringComparison.Ordinal)))
        {
            writer.Message(number, entry =>
            {
                entry.Text(1, name);
                entry.Message(2, any => any.Text(2, value?.ToJsonString()));
            });
        }
    }
}
