using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Errors;
using CleverRemoteOperator.Sandbox.KubernetesApi.Printing;
using CleverRemoteOperator.Sandbox.KubernetesApi.Resources;
using CleverRemoteOperator.Sandbox.KubernetesApi.Routing;
using CleverRemoteOperator.Sandbox.KubernetesApi.Storage;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Reading;

/// <summary>How objects are shown to a client.</summary>
internal enum FormKind
{
    Whole,
    Metadata,
    Table,
}

/// <summary>The form a client asked for, with all that rendering it needs.</summary>
internal sealed record ObjectForm(FormKind Kind, ResourceType Type, IncludeObject Include, string MetaVersion)
{
    private static readonly byte[] WholeOpening = "{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/"u8.ToArray();

    /// <summary>Names the form among those rendered of one object.</summary>
    public string Key => $"{Kind}/{Type.ApiVersion}";

    public bool IsList { get; private init; }

    /// <summary>Reads the Accept header; throws 406 when nothing in it can be given.</summary>
    public static ObjectForm Asked(ApiRequest request, ResourceType type)
    {
        foreach (var range in MediaRange.Accepted(request).Where(range => range.IsJson))
        {
            FormKind? kind = range.As switch
            {
                "" => FormKind.Whole,
                "Table" => FormKind.Table,
                "PartialObjectMetadata" or "PartialObjectMetadataList" => FormKind.Metadata,
                _ => null,
            };
            if (kind is { } known && (known == FormKind.Whole || (range.Group == "meta.k8s.io" && range.Version is "v1" or "v1beta1")))
            {
                var include = Enum.TryParse(request.Query("includeObject"), out IncludeObject parsed) ? parsed : IncludeObject.Metadata;
                return new(known, type, include, range.Version) { IsList = range.As.EndsWith("List", StringComparison.Ordinal) };
            }
        }

        throw new ApiException(406, "NotAcceptable", "406: Not Acceptable\n\nAvailable representations: application/json, application/yaml, application/vnd.kubernetes.protobuf", []);
    }

    /// <summary>Writes one object; a whole one of a built-in list goes without kind and apiVersion.</summary>
    public void Write(IBufferWriter<byte> output, StoredObject value, bool inList = false)
    {
        if (Kind == FormKind.Metadata)
        {
            output.Write(WholeOpening);
            output.Write(Encoding.UTF8.GetBytes(MetaVersion));
            output.Write("\",\"metadata\":"u8);
            output.Write(value.Metadata.Span);
            output.Write("}"u8);
        }
        else if (Type.Rules.FromStorage is not null)
        {
            var converted = value.Read(Type);
            if (inList && !Type.Custom)
            {
                converted.Remove("kind");
                converted.Remove("apiVersion");
            }

            output.Write(Answers.Utf8(converted));
        }
        else if (inList && !Type.Custom)
        {
            output.Write(value.Body.Span);
        }
        else
        {
            output.Write(Encoding.UTF8.GetBytes($"{{\"kind\":\"{Type.Kind}\",\"apiVersion\":\"{Type.ApiVersion}\","));
            output.Write(value.Body.Span[1..]);
        }
    }

    public byte[] Render(StoredObject value, DateTimeOffset now)
    {
        if (Kind == FormKind.Table)
        {
            return Answers.Utf8(Table([value], new(now, Include, new JsonObject { ["resourceVersion"] = value.ResourceVersion.ToString(System.Globalization.CultureInfo.InvariantCulture) })));
        }

        ArrayBufferWriter<byte> output = new(value.Body.Length + 128);
        Write(output, value);
        return output.WrittenSpan.ToArray();
    }

    public JsonObject Table(IEnumerable<StoredObject> objects, TableOptions options) =>
        Tables.Render(Type.Kind, [.. objects.Select(value => value.Read(Type))], Type.Custom ? Type.Rules.PrinterColumns?.DeepClone().AsArray() ?? [] : null, options);
}
