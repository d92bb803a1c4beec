using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Resources;
using CleverRemoteOperator.Sandbox.KubernetesApi.Storage;
using CleverRemoteOperator.Sandbox.KubernetesApi.Writing;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Lifecycle;

/// <summary>Keeps what is served in step with the custom resource definitions, before their writer gets an answer.</summary>
internal sealed class DefinitionController(ObjectStore store, ObjectWriter writer, ResourceRegistry registry, TimeProvider time)
{
    private static readonly WriteOptions AsServer = new("kube-apiserver", false, FieldValidation.Ignore);

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, IReadOnlyList<ResourceType>> _types = new(StringComparer.Ordinal);

    /// <summary>Accepts names, sets conditions, and serves what is established.</summary>
    public void Refresh()
    {
        lock (_gate)
        {
            HashSet<string> before = [.. registry.All.Where(type => type.Custom).Select(type => type.Storage)];
            List<JsonObject> accepted = [];
            List<ResourceType> served = [];
            List<(JsonObject Definition, Action<JsonObject> Settle)> open = [];
            foreach (var definition in InOrder())
            {
                if (!DefinitionStatus.IsTerminating(definition))
                {
                    JsonObject[] taken = [.. accepted.Where(other => other.Text("spec", "group") == definition.Text("spec", "group")).Select(other => other.Map("status", "acceptedNames")!)];
                    var settle = Settlement(definition, taken);
                    settle(definition);
                    open.Add((definition, settle));
                }

                if (DefinitionStatus.IsEstablished(definition))
                {
                    accepted.Add(definition);
                    served.AddRange(TypesOf(definition).Select(type => type with { IsGoing = DefinitionStatus.IsTerminating(definition) }));
                }
            }

            // Served first and told after: whoever sees a definition established can use it.
            registry.Replace(served);
            foreach (var (definition, settle) in open)
            {
                Write(definition, settle);
            }

            foreach (var gone in before.Except(served.Select(type => type.Storage), StringComparer.Ordinal))
            {
                store.EndWatches(gone);
            }
        }
    }

    /// <summary>Those that hold their names come first, then the older ones.</summary>
    private JsonObject[] InOrder() => [.. store.Snapshot(BuiltInResources.Definitions.Storage).Objects.In(null)
        .Select(stored => stored.Read(BuiltInResources.Definitions))
        .OrderByDescending(DefinitionStatus.IsEstablished)
        .ThenBy(definition => definition.Text("metadata", "creationTimestamp"), StringComparer.Ordinal)
        .ThenBy(definition => definition.Text("metadata", "name"), StringComparer.Ordinal)];

    /// <summary>What a definition's status becomes beside those that have their names already.</summary>
    private Action<JsonObject> Settlement(JsonObject definition, IReadOnlyList<JsonObject> taken)
    {
        (var names, var conflict) = DefinitionNames.Check(
            definition.Map("spec", "names") ?? [], definition.Map("status", "acceptedNames") ?? [], taken);
        var now = time.GetUtcNow();
        return next =>
        {
            next.Ensure("status")["acceptedNames"] = names.Copy();
            DefinitionStatus.SetCondition(next, "NamesAccepted", conflict is null, conflict?.Reason ?? "NoConflicts", conflict?.Message ?? "no conflicts found", now);
            if (conflict is null)
            {
                DefinitionStatus.SetCondition(next, "Established", true, "InitialNamesAccepted", "the initial names have been accepted", now);
            }
            else if (!DefinitionStatus.IsEstablished(next))
            {
                DefinitionStatus.SetCondition(next, "Established", false, "NotAccepted", "not all names are accepted", now);
            }
        };
    }

    private void Write(JsonObject definition, Action<JsonObject> settle) => writer.Update(
        BuiltInResources.Definitions, "", definition.Text("metadata", "name")!, "status", AsServer, next =>
        {
            settle(next);
            return new(next);
        });

    private IReadOnlyList<ResourceType> TypesOf(JsonObject definition)
    {
        var key = $"{definition.Text("metadata", "uid")}/{definition.Number("metadata", "generation")}";
        return _types.GetOrAdd(key, _ => [.. DefinedResources.Of(definition)]);
    }
}
