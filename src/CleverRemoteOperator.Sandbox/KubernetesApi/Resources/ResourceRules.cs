using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Resources;

/// <summary>How objects of one resource are read, completed and checked; this is what the simplest ones do.</summary>
internal class ResourceRules
{
    private static readonly Dictionary<string, string> NoFields = new(StringComparer.Ordinal);

    /// <summary>Whether a replace may leave the resourceVersion out.</summary>
    public virtual bool AllowsUnconditionalUpdate => true;

    /// <summary>Whether a replace of what is not there creates it.</summary>
    public virtual bool AllowsCreateOnUpdate => false;

    public virtual bool AllowsStrategicMerge => true;

    /// <summary>What field selectors can ask beside name and namespace.</summary>
    public virtual IReadOnlyList<string> SelectableFields => [];

    /// <summary>The schema for server-side apply, where the kind has one of its own.</summary>
    public virtual StructuralSchema? Schema => null;

    /// <summary>Extra table columns, as a custom resource definition has them.</summary>
    public virtual JsonArray? PrinterColumns => null;

    /// <summary>Drops unknown fields, naming them, and fills in defaults.</summary>
    public virtual void Decode(JsonObject value, ICollection<string> unknownFields)
    {
    }

    public virtual void PrepareForCreate(JsonObject value)
    {
    }

    /// <summary>Puts back what this kind of write may not change, and counts the generation.</summary>
    public virtual void PrepareForUpdate(JsonObject next, JsonObject old, string? subresource)
    {
    }

    /// <summary>What a delete writes before it waits for finalizers.</summary>
    public virtual void PrepareForDelete(JsonObject value, DateTimeOffset now)
    {
    }

    /// <summary>Whether something still has to be done before a deleted object can go.</summary>
    public virtual bool IsHeld(JsonObject value) => value.Texts("metadata", "finalizers").Length > 0;

    public virtual FieldError? CheckName(string name) => Names.CheckSubdomain(name);

    public virtual IEnumerable<FieldError> Validate(JsonObject next, JsonObject? old) => [];

    /// <summary>The mistakes of a write to the status alone.</summary>
    public virtual IEnumerable<FieldError> ValidateStatus(JsonObject next, JsonObject? old) => Validate(next, old);

    public virtual IReadOnlyDictionary<string, string> Fields(JsonObject value) => NoFields;

    /// <summary>From this version's form to the form kept.</summary>
    public virtual void ToStorage(JsonObject value)
    {
    }

    /// <summary>From the form kept to this version's form; null when they are the same and bytes can be sent as they are.</summary>
    public virtual Action<JsonObject>? FromStorage => null;
}
