using System.Globalization;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Clusters;
using CleverRemoteOperator.Commands.Fleet;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Configuration.Texts;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Timing;

namespace CleverRemoteOperator.Commands.Explain;

/// <summary>Collects what there is to tell of one resource, from its cluster and from the Clever API.</summary>
internal sealed class StoryReader(IClusterFactory factory, ICleverApiFactory clever, OperatorConfiguration configuration, TimeProvider time)
{
    private const int MostEvents = 5;
    private const int MaxMessage = 1024;
    private static readonly ApiResource Events = new("", "v1", "events", "Event");

    /// <exception cref="CommandException">The cluster cannot be looked at, or has no such resource.</exception>
    public async Task<Story> ReadAsync(ResourcePlace place, CancellationToken token)
    {
        if (place.Cluster.Definition is not { } definition)
        {
            throw new CommandException($"cluster {place.Cluster.Name}: {place.Cluster.Source}: {place.Cluster.Problem}");
        }

        using var deadline = new Deadline(FleetReader.Limit, time, token);
        try
        {
            using var api = factory.Connect(definition);
            var resource = await FindAsync(api, place, deadline.Token);
            var account = await new StoryAccount(api, definition, configuration).ReadAsync(place.Namespace, deadline.Token);
            return new(
                place, resource, SpecOf(resource), account.Words,
                await new StoryAddon(clever).ReadAsync(definition, place.Kind, resource, account.Credentials, deadline.Token),
                await SecretAsync(api, place, resource, deadline.Token), DeletionOf(resource),
                [.. ConditionsOf(resource)], await EventsAsync(api, place, resource, deadline.Token));
        }
        catch (KubernetesApiException failure)
        {
            throw new CommandException($"cluster {place.Cluster.Name}: {failure.Message}");
        }
        catch (OperationCanceledException) when (deadline.HasExpired)
        {
            throw new CommandException($"cluster {place.Cluster.Name}: not all was answered within {FleetReader.Limit.TotalSeconds:0} s");
        }
    }

    private static async Task<ResourceView> FindAsync(ICluster api, ResourcePlace place, CancellationToken token)
    {
        var types = (await ServedTypes.DiscoverAsync(api, token)).Where(type => AddonCatalog.ByPlural(type.Plural) == place.Kind).ToList();
        foreach (var type in types)
        {
            if (await api.GetAsync(type, place.Namespace, place.Name, token) is { } found)
            {
                return ResourceView.Of(place.Cluster.Name, type, found);
            }
        }

        throw new CommandException(types.Count == 0
            ? $"cluster {place.Cluster.Name} has no definition of {place.Kind.Name}: kubectl apply -f deployments/crds/product"
            : $"cluster {place.Cluster.Name} has no {place.Kind.Name} {place.Namespace}/{place.Name}; see status --cluster {place.Cluster.Name} --namespace {place.Namespace}");
    }

    // Variables may be secrets: their names tell enough.
    private static string SpecOf(ResourceView resource)
    {
        var spec = resource.Resource.Spec.ToObject() ?? [];
        var words = spec.SelectMany(field => field.Value switch
        {
            JsonObject variables when field.Key == "variables" => [$"variables {string.Join(", ", variables.Select(pair => pair.Key))}"],
            JsonObject part => part.Select(inner => $"{inner.Key} {inner.Value}"),
            var value => (string[])[$"{field.Key} {value}"],
        });
        return Printable.Of(string.Join("; ", words), MaxMessage);
    }

    private static string DeletionOf(ResourceView resource) => resource.Field("onDeletion") switch
    {
        _ when resource.Field("addon").Length == 0 => "removes the resource; no add-on is known",
        "Delete" => "deletes the add-on with its data",
        "Retain" => "keeps the add-on, and the connection Secret",
        "Wait" => "waits, as the add-on is protected (deletionProtection)",
        _ => "is not known, as no pass of the operator has told it yet",
    };

    private static async Task<string> SecretAsync(ICluster api, ResourcePlace place, ResourceView resource, CancellationToken token)
    {
        if (resource.Field("secret") is not { Length: > 0 } name || !KubernetesNames.IsSubdomain(name))
        {
            return "none was written yet";
        }

        try
        {
            return await api.GetSecretMetadataAsync(place.Namespace, name, token) is not { } secret ? $"{name} is gone: it is written again"
                : secret.OwnerUids.Contains(resource.Resource.Uid) ? $"{name}, which belongs to the resource"
                : $"{name}, which does not belong to the resource: see explain SecretConflict";
        }
        catch (KubernetesApiException failure) when (failure.IsForbidden)
        {
            return $"{name}, which we may not look at";
        }
    }

    private static IEnumerable<StoryLine> ConditionsOf(ResourceView resource) =>
        from condition in (resource.Resource.Status.ToObject()?["conditions"] as JsonArray ?? []).OfType<JsonObject>()
        select new StoryLine(
            Printable.Of($"{condition.Text("type")}={condition.Text("status")}"), Printable.Of(condition.Text("reason") ?? ""), Printable.Of(condition.Text("message") ?? "", MaxMessage),
            TimeOf(condition.Text("lastTransitionTime")));

    // The operator itself only writes Events: who runs this may read them or not.
    private static async Task<IReadOnlyList<StoryLine>> EventsAsync(ICluster api, ResourcePlace place, ResourceView resource, CancellationToken token)
    {
        try
        {
            return
            [
                .. (from item in await RawLister.ListAsync(api, Events, place.Namespace, token, $"involvedObject.uid={resource.Resource.Uid}")
                    where item["involvedObject"].Text("uid") == resource.Resource.Uid
                    let at = TimeOf(item.Text("lastTimestamp")) ?? TimeOf(item.Text("eventTime")) ?? TimeOf(item["metadata"].Text("creationTimestamp"))
                    orderby at descending
                    select new StoryLine(Printable.Of(item.Text("type") ?? ""), Printable.Of(item.Text("reason") ?? ""), Printable.Of(item.Text("message") ?? "", MaxMessage), at))
                    .Take(MostEvents),
            ];
        }
        catch (KubernetesApiException failure) when (failure.IsForbidden)
        {
            return [];
        }
    }

    private static DateTimeOffset? TimeOf(string? text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time : null;
}
