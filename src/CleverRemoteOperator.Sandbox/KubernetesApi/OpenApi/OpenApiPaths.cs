using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.OpenApi;

/// <summary>The paths of a resource with their operations and query parameters, in OpenAPI 2 or 3.</summary>
internal sealed class OpenApiPaths(bool isV3, string prefix)
{
    private const string StrategicMerge = "application/strategic-merge-patch+json";

    private static readonly string[] CustomPatchTypes = ["application/json-patch+json", "application/merge-patch+json", "application/apply-patch+yaml"];

    private static readonly (string Name, string Type)[] ReadParameters = [("pretty", "string")];

    private static readonly (string Name, string Type)[] ListParameters =
    [
        ("allowWatchBookmarks", "boolean"), ("continue", "string"), ("fieldSelector", "string"), ("labelSelector", "string"), ("limit", "integer"),
        ("pretty", "string"), ("resourceVersion", "string"), ("resourceVersionMatch", "string"), ("sendInitialEvents", "boolean"),
        ("timeoutSeconds", "integer"), ("watch", "boolean"),
    ];

    private static readonly (string Name, string Type)[] WriteParameters =
        [("pretty", "string"), ("dryRun", "string"), ("fieldManager", "string"), ("fieldValidation", "string")];

    private static readonly (string Name, string Type)[] DeleteParameters =
        [("pretty", "string"), ("dryRun", "string"), ("gracePeriodSeconds", "integer"), ("orphanDependents", "boolean"), ("propagationPolicy", "string")];

    public void Add(JsonObject paths, ApiResource resource)
    {
        var root = $"/{resource.GroupVersionPath}/";
        var collection = root + (resource.Namespaced ? "namespaces/{namespace}/" : "") + resource.Plural;
        var item = collection + "/{name}";
        string[] place = resource.Namespaced ? ["namespace"] : [];
        if (resource.Namespaced)
        {
            paths[root + resource.Plural] = Item([], ("get", "list", ListParameters));
        }

        paths[collection] = Item(place, ("get", "list", ListParameters), ("post", "post", WriteParameters), ("delete", "deletecollection", DeleteParameters));
        paths[item] = Item([.. place, "name"], ("get", "get", ReadParameters), ("put", "put", WriteParameters), ("patch", "patch", [.. WriteParameters, ("force", "boolean")]), ("delete", "delete", DeleteParameters));
        if (resource.HasStatus)
        {
            paths[item + "/status"] = Item([.. place, "name"], ("get", "get", ReadParameters), ("put", "put", WriteParameters), ("patch", "patch", [.. WriteParameters, ("force", "boolean")]));
        }

        JsonObject Item(string[] pathParameters, params (string Method, string Action, (string, string)[] Parameters)[] operations)
        {
            JsonObject result = new() { ["parameters"] = new JsonArray([.. pathParameters.Select(name => Parameter(name, "string", "path"))]) };
            foreach ((var method, var action, (string Name, string Type)[] parameters) in operations)
            {
                result[method] = Operation(resource, action, parameters);
            }

            return result;
        }
    }

    private JsonObject Operation(ApiResource resource, string action, (string Name, string Type)[] parameters)
    {
        var definition = resource.Definition + (action == "list" ? "List" : "");
        var schema = action is "delete" or "deletecollection"
            ? new JsonObject { ["type"] = "object" }
            : new JsonObject { ["$ref"] = prefix + definition };
        JsonObject operation = new()
        {
            ["operationId"] = $"{action}{resource.Group.Replace(".", "", StringComparison.Ordinal)}{resource.Version}{resource.Kind}",
            ["parameters"] = new JsonArray([.. parameters.Select(parameter => Parameter(parameter.Name, parameter.Type, "query"))]),
            ["x-kubernetes-action"] = action,
            ["x-kubernetes-group-version-kind"] = resource.GroupVersionKind,
        };
        JsonObject answer = new() { ["description"] = "OK" };
        operation["responses"] = new JsonObject { ["200"] = answer };
        if (isV3)
        {
            answer["content"] = Content(["application/json"], schema);
        }
        else
        {
            answer["schema"] = schema;
        }

        if (action is "post" or "put" or "patch")
        {
            AddBody(operation, action == "patch" ? new JsonObject { ["type"] = "object" } : schema.DeepClone().AsObject(), BodyTypes(resource, action));
        }

        return operation;
    }

    /// <summary>kubectl patches strategically where this says so, and custom resources do not take that.</summary>
    private static string[] BodyTypes(ApiResource resource, string action) => action != "patch" ? ["application/json"]
        : resource.IsCustom ? CustomPatchTypes
        : [.. CustomPatchTypes, StrategicMerge];

    private void AddBody(JsonObject operation, JsonObject schema, string[] types)
    {
        if (isV3)
        {
            operation["requestBody"] = new JsonObject { ["content"] = Content(types, schema), ["required"] = true };
            return;
        }

        operation["consumes"] = new JsonArray([.. types.Select(type => JsonValue.Create(type))]);
        operation["parameters"]!.AsArray().Add((JsonNode)new JsonObject { ["name"] = "body", ["in"] = "body", ["required"] = true, ["schema"] = schema });
    }

    private JsonObject Parameter(string name, string type, string place)
    {
        JsonObject parameter = new() { ["name"] = name, ["in"] = place, ["uniqueItems"] = true };
        if (isV3)
        {
            parameter.Remove("uniqueItems");
            parameter["schema"] = new JsonObject { ["type"] = type };
        }
        else
        {
            parameter["type"] = type;
        }

        if (place == "path")
        {
            parameter["required"] = true;
        }

        return parameter;
    }

    private static JsonObject Content(IEnumerable<string> types, JsonObject schema)
    {
        JsonObject content = [];
        foreach (var type in types)
        {
            content[type] = new JsonObject { ["schema"] = schema.DeepClone() };
        }

        return content;
    }
}
