using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Errors;
using CleverRemoteOperator.Sandbox.KubernetesApi.Reading;
using CleverRemoteOperator.Sandbox.KubernetesApi.Routing;
using CleverRemoteOperator.Sandbox.KubernetesApi.Storage;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Watching;

/// <summary>Renders what one watch sends; the same line for many watches is rendered once.</summary>
internal sealed class WatchLines(ObjectForm form, TimeProvider time)
{
    private bool _columnsSent;

    public ReadOnlyMemory<byte> Line(StoreEvent change, string type, StoredObject shown)
    {
        if (form.Kind != FormKind.Table)
        {
            return change.Line($"{type}/{shown.ResourceVersion}/{form.Key}", () => Wrap(type, form.Render(shown, time.GetUtcNow())));
        }

        var table = JsonNode.Parse(form.Render(shown, time.GetUtcNow()))!.AsObject();
        if (_columnsSent)
        {
            table["columnDefinitions"] = null;
        }

        _columnsSent = true;
        return Wrap(type, Answers.Utf8(table));
    }

    public ReadOnlyMemory<byte> Initial(StoredObject shown) => Line(new(StoreEventType.Added, shown.ResourceVersion, shown, null), "ADDED", shown);

    public ReadOnlyMemory<byte> Bookmark(long revision, bool endsInitialEvents = false)
    {
        JsonObject metadata = new() { ["resourceVersion"] = revision.ToString(CultureInfo.InvariantCulture) };
        if (endsInitialEvents)
        {
            metadata["annotations"] = new JsonObject { ["k8s.io/initial-events-end"] = "true" };
        }

        (var kind, var apiVersion) = form.Kind switch
        {
            FormKind.Metadata => ("PartialObjectMetadata", "meta.k8s.io/" + form.MetaVersion),
            FormKind.Table => ("Table", "meta.k8s.io/" + form.MetaVersion),
            _ => (form.Type.Kind, form.Type.ApiVersion),
        };
        return Wrap("BOOKMARK", Answers.Utf8(new JsonObject { ["kind"] = kind, ["apiVersion"] = apiVersion, ["metadata"] = metadata }));
    }

    public static ReadOnlyMemory<byte> Error(ApiException refusal) => Wrap("ERROR", Answers.Utf8(refusal.ToStatus()));

    private static ReadOnlyMemory<byte> Wrap(string type, byte[] value)
    {
        ArrayBufferWriter<byte> output = new(value.Length + 32);
        output.Write(Encoding.UTF8.GetBytes($"{{\"type\":\"{type}\",\"object\":"));
        output.Write(value);
        output.Write("}\n"u8);
        return output.WrittenMemory;
    }
}
