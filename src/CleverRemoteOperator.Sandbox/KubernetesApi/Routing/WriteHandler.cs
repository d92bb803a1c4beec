using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Errors;
using CleverRemoteOperator.Sandbox.KubernetesApi.Reading;
using CleverRemoteOperator.Sandbox.KubernetesApi.Resources;
using CleverRemoteOperator.Sandbox.KubernetesApi.Selecting;
using CleverRemoteOperator.Sandbox.KubernetesApi.Storage;
using CleverRemoteOperator.Sandbox.KubernetesApi.Writing;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Routing;

/// <summary>Answers the requests that change something.</summary>
internal sealed class WriteHandler(
    ObjectStore store, ObjectWriter writer, ObjectPatcher patcher, ObjectDeleter deleter, RequestBody bodies, Action definitionsChanged, TimeProvider time)
{
    public async Task CreateAsync(ApiRequest request, ResourceType type)
    {
        var form = ObjectForm.Asked(request, type);
        var options = WriteOptions.Of(request, "CreateOptions");
        var value = await bodies.ReadObjectAsync(request, type.Kind);
        Decode(request, type, value, options);
        if (type.Custom && store.Find(BuiltInResources.Definitions.Storage, "", type.Storage) is { Deleting: true })
        {
            throw ApiErrors.MethodNotAllowed("create not allowed while custom resource definition is terminating");
        }

        await AnswerAsync(request, type, form, writer.Create(type, type.Namespaced ? request.Namespace : "", value, options), 201);
    }

    public async Task ReplaceAsync(ApiRequest request, ResourceType type)
    {
        var form = ObjectForm.Asked(request, type);
        var options = WriteOptions.Of(request, "UpdateOptions");
        var value = await bodies.ReadObjectAsync(request, type.Kind);
        Decode(request, type, value, options);
        var name = value.Text("metadata", "name") ?? "";
        if (name.Length == 0)
        {
            value.Ensure("metadata")["name"] = request.Name;
        }
        else if (name != request.Name)
        {
            throw ApiErrors.BadRequest($"the name of the object ({name}) does not match the name on the URL ({request.Name})");
        }

        var ns = type.Namespaced ? request.Namespace : "";
        if (type.Rules.AllowsCreateOnUpdate && request.Subresource.Length == 0 && store.Find(type.Storage, ns, request.Name) is null)
        {
            // The one it names is of an object that is gone.
            value["metadata"]?.AsObject().Remove("resourceVersion");
            await AnswerAsync(request, type, form, writer.Create(type, ns, value, options), 201);
            return;
        }

        if (!type.Rules.AllowsUnconditionalUpdate && value.Text("metadata", "resourceVersion") is null or "")
        {
            _ = store.Find(type.Storage, ns, request.Name) ?? throw ApiErrors.NotFound(type, request.Name);
            throw ApiErrors.Invalid(type.Plural, type.Group, request.Name, [Schemas.FieldError.Invalid("metadata.resourceVersion", "0", "must be specified for an update")]);
        }

        await AnswerAsync(request, type, form, writer.Update(type, ns, request.Name, SubresourceOf(request), options, _ => new(value.Copy())), 200);
    }

    public async Task PatchAsync(ApiRequest request, ResourceType type)
    {
        var form = ObjectForm.Asked(request, type);
        var patch = await PatchBody.ReadAsync(request, bodies, type);
        var options = WriteOptions.Of(request, "PatchOptions");
        (var result, var status) = patcher.Patch(request, type, patch, options, request.Warnings);
        await AnswerAsync(request, type, form, result, status);
    }

    public async Task DeleteAsync(ApiRequest request, ResourceType type)
    {
        var options = await DeleteOptions.ReadAsync(request, bodies);
        (var last, var waiting) = deleter.Delete(type, type.Namespaced ? request.Namespace : "", request.Name, options);
        Settle(type);
        JsonObject details = new() { ["name"] = last.Name };
        if (type.Group.Length > 0)
        {
            details["group"] = type.Group;
        }

        details["kind"] = type.Plural;
        details["uid"] = last.Uid;
        await request.WriteAsync(waiting ?? new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject(),
            ["status"] = "Success",
            ["details"] = details,
        });
    }

    public async Task DeleteCollectionAsync(ApiRequest request, ResourceType type)
    {
        var options = await DeleteOptions.ReadAsync(request, bodies);
        var selection = Selection.Of(request, type);
        JsonArray items = [];
        foreach (var chosen in store.Snapshot(type.Storage).Objects.In(selection.Namespace).Where(selection.Matches))
        {
            try
            {
                (var last, var waiting) = deleter.Delete(type, chosen.Namespace, chosen.Name, options);
                items.Add(waiting ?? last.Read(type));
            }
            catch (ApiException refusal) when (refusal.Code == 404)
            {
                // Deleted meanwhile, which is what was asked for.
            }
        }

        Settle(type);
        await request.WriteAsync(new JsonObject
        {
            ["kind"] = type.ListKind,
            ["apiVersion"] = type.ApiVersion,
            ["metadata"] = new JsonObject { ["resourceVersion"] = store.Revision.ToString(System.Globalization.CultureInfo.InvariantCulture) },
            ["items"] = items,
        });
    }

    private static string? SubresourceOf(ApiRequest request) => request.Subresource.Length == 0 ? null : request.Subresource;

    private static void Decode(ApiRequest request, ResourceType type, JsonObject value, WriteOptions options) =>
        Decoding.Decode(type, value, options.Validation, request.Warnings);

    private void Settle(ResourceType type)
    {
        if (type == BuiltInResources.Definitions)
        {
            definitionsChanged();
        }
    }

    private Task AnswerAsync(ApiRequest request, ResourceType type, ObjectForm form, JsonObject result, int status)
    {
        Settle(type);
        if (form.Kind == FormKind.Whole)
        {
            return request.WriteAsync(result, status);
        }

        long.TryParse(result.Text("metadata", "resourceVersion"), System.Globalization.CultureInfo.InvariantCulture, out var version);
        type.Rules.ToStorage(result);
        return request.WriteAsync(form.Render(StoredObject.From(type.Storage, result, version, new Dictionary<string, string>()), time.GetUtcNow()), status);
    }
}
