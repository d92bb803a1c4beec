using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Errors;
using CleverRemoteOperator.Sandbox.KubernetesApi.Printing;
using CleverRemoteOperator.Sandbox.KubernetesApi.Resources;
using CleverRemoteOperator.Sandbox.KubernetesApi.Routing;
using CleverRemoteOperator.Sandbox.KubernetesApi.Selecting;
using CleverRemoteOperator.Sandbox.KubernetesApi.Storage;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Reading;

/// <summary>Answers gets and lists.</summary>
internal sealed class ObjectReader(ObjectStore store, TimeProvider time)
{
    private const string ExpiredContinue = "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.";

    public Task GetAsync(ApiRequest request, ResourceType type)
    {
        var form = ObjectForm.Asked(request, type);
        CheckForm(form, list: false);
        var found = store.Find(type.Storage, type.Namespaced ? request.Namespace : "", request.Name) ?? throw ApiErrors.NotFound(type, request.Name);
        return request.WriteAsync(form.Render(found, time.GetUtcNow()));
    }

    public Task ListAsync(ApiRequest request, ResourceType type)
    {
        var form = ObjectForm.Asked(request, type);
        CheckForm(form, list: true);
        var options = ListOptions.Of(request);
        var selection = Selection.Of(request, type);
        (var objects, var revision) = StateFor(type, options);
        var candidates = objects.In(selection.Namespace);
        if (options.Continue is { } token)
        {
            candidates = candidates.SkipWhile(candidate => string.CompareOrdinal(KeyOf(candidate), token.After) <= 0);
        }

        List<StoredObject> matching = [.. candidates.Where(selection.Matches)];
        var page = options.Limit > 0 && matching.Count > options.Limit ? matching[..options.Limit] : matching;
        JsonObject metadata = new() { ["resourceVersion"] = revision.ToString(CultureInfo.InvariantCulture) };
        if (page.Count < matching.Count)
        {
            metadata["continue"] = new ContinueToken(revision, KeyOf(page[^1])).ToString();
            if (selection.IsEmpty)
            {
                metadata["remainingItemCount"] = matching.Count - page.Count;
            }
        }

        return request.WriteAsync(Render(form, page, metadata));
    }

    private static string KeyOf(StoredObject value) => $"/{value.Namespace}/{value.Name}";

    private static void CheckForm(ObjectForm form, bool list)
    {
        var why = (form.Kind, form.IsList, list) switch
        {
            (FormKind.Metadata, true, false) => $"you requested PartialObjectMetadataList, but the requested object is not a list (*v1.{form.Type.Kind})",
            (FormKind.Metadata, false, true) => $"you requested PartialObjectMetadata, but the requested object is a list (*v1.{form.Type.ListKind})",
            _ => null,
        };
        if (why is not null)
        {
            throw new ApiException(406, "NotAcceptable", why);
        }
    }

    private (ObjectSet Objects, long Revision) StateFor(ResourceType type, ListOptions options)
    {
        (var objects, var revision) = store.Snapshot(type.Storage);
        if (options.Continue is { Revision: > 0 } token)
        {
            var then = store.At(type.Storage, token.Revision) ?? throw new ApiException(410, "Expired", ExpiredContinue)
            {
                Continue = new ContinueToken(-1, token.After).ToString(),
            };
            return (then, token.Revision);
        }

        if (options.ResourceVersion is { } asked && asked > revision)
        {
            throw ApiErrors.TooLargeResourceVersion(asked, revision);
        }

        // A page at a version is that version exactly, unless it is said to be a minimum.
        if (options is { Exact: true, ResourceVersion: { } exact })
        {
            return (store.At(type.Storage, exact) ?? throw ApiErrors.Gone("The resourceVersion for the provided list is too old."), exact);
        }

        return (objects, revision);
    }

    private byte[] Render(ObjectForm form, List<StoredObject> page, JsonObject metadata)
    {
        if (form.Kind == FormKind.Table)
        {
            return Answers.Utf8(form.Table(page, new TableOptions(time.GetUtcNow(), form.Include, metadata)));
        }

        (var kind, var apiVersion) = form.Kind == FormKind.Metadata ? ("PartialObjectMetadataList", "meta.k8s.io/" + form.MetaVersion) : (form.Type.ListKind, form.Type.ApiVersion);
        ArrayBufferWriter<byte> output = new(page.Sum(value => value.Body.Length + 96) + 256);
        output.Write(Encoding.UTF8.GetBytes($"{{\"kind\":\"{kind}\",\"apiVersion\":\"{apiVersion}\",\"metadata\":{metadata.ToJsonString()},\"items\":["));
        for (var i = 0; i < page.Count; i++)
        {
            if (i > 0)
            {
                output.Write(","u8);
            }

            form.Write(output, page[i], inList: true);
        }

        output.Write("]}"u8);
        return output.WrittenSpan.ToArray();
    }
}
