using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Patching;

/// <summary>One entry of metadata.managedFields.</summary>
internal sealed record ManagerEntry(string Manager, string Operation, string ApiVersion, string? Subresource, string? Time, FieldSet Fields)
{
    public const string Apply = "Apply";

    public const string Update = "Update";

    /// <summary>Whether two entries speak for the same manager; one who applies keeps its entry when its version changes.</summary>
    public bool IsSameManager(ManagerEntry other) =>
        Manager == other.Manager && Operation == other.Operation && Subresource == other.Subresource
        && (Operation == Apply || ApiVersion == other.ApiVersion);

    /// <summary>The manager as a conflict names it.</summary>
    public string Describe()
    {
        var name = JsonWords.Quote(Manager);
        var where = string.IsNullOrEmpty(Subresource) ? name : $"{name} with subresource {JsonWords.Quote(Subresource)}";
        return Operation == Update ? $"{where} using {ApiVersion}" : where;
    }

    public static ManagerEntry Read(JsonObject entry) => new(
        (string?)entry["manager"] ?? "",
        (string?)entry["operation"] ?? "",
        (string?)entry["apiVersion"] ?? "",
        (string?)entry["subresource"],
        (string?)entry["time"],
        FieldSet.Read(entry["fieldsV1"] as JsonObject ?? []));

    public JsonObject Write()
    {
        JsonObject entry = new() { ["manager"] = Manager, ["operation"] = Operation, ["apiVersion"] = ApiVersion };
        if (Time is not null)
        {
            entry["time"] = Time;
        }

        entry["fieldsType"] = "FieldsV1";
        entry["fieldsV1"] = Fields.Write();
        if (!string.IsNullOrEmpty(Subresource))
        {
            entry["subresource"] = Subresource;
        }

        return entry;
    }
}
