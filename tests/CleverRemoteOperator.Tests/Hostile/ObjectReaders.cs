using System.Text;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Clusters.LeaderElection;
using CleverRemoteOperator.Configuration.Texts;
using CleverRemoteOperator.Credentials;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Reconciling.Observing;
using CleverRemoteOperator.Reconciling.Remembering;
using CleverRemoteOperator.Watching;
using k8s.Models;

namespace CleverRemoteOperator.Tests.Hostile;

/// <summary>Readers of objects of Kubernetes, and of what stands in them.</summary>
internal static class ObjectReaders
{
    private static readonly ObjectFormat<AddonResource> Addons = ObjectReading.Addons(new("api.clever-cloud.com", "v1", "redis", "Redis"), TimeProvider.System);

    public static IReadOnlyList<Reader> All { get; } =
    [
        new("watch-lines", ReadLines),
        new("list-page", bytes => ReadPage(bytes, Addons)),
        new("list-page-of-secrets", bytes => ReadPage(bytes, ObjectReading.Secrets)) { HidesSecrets = true },
        new("resource", bytes => Malformed(() => OfResource(Addons.Read(bytes)))),
        new("secret", bytes => Malformed(() => new(ObjectReading.Secrets.Read(bytes).OwnerUids.Count > 0 ? "owned" : "read"))) { HidesSecrets = true },
        new("namespace", bytes => Malformed(() => Told("namespace", Steering.OfNamespace(ObjectReading.Namespaces.Read(bytes).Annotations)))),
        new("credentials-secret", bytes => Malformed(() => OfCredentials(CredentialSecretFormat.Format.Read(bytes)))) { HidesSecrets = true },
        new("spec", ReadSpec),
        new("annotations", ReadAnnotations),
        new("lease", ReadLease),
    ];

    private static Reading ReadLines(byte[] bytes)
    {
        var readings = new List<Reading>();
        foreach (var line in Encoding.Latin1.GetString(bytes).Split('\n').Select(Encoding.Latin1.GetBytes))
        {
            if (WatchLine.TryRead(line, out var read))
            {
                readings.Add(new(Bookmark.Read(read.Object) is null ? "no bookmark" : "bookmark"));
                if (JsonAnswer.TryParseStatus(read.Object) is { } status)
                {
                    // A watch ends here.
                    readings.Add(new("status", ApiError.FromStatus("GET /watch", status).Message));
                    break;
                }

                var item = read.Object.ToArray();
                readings.Add(Malformed(() => OfResource(Addons.Read(item))));
                readings.Add(Malformed(() => OfCredentials(CredentialSecretFormat.Format.Read(item))));
            }
        }

        // A watch tells a problem once (ToldProblems).
        return Reading.All(readings.DistinctBy(reading => (reading.Shape, string.Join('\n', reading.Messages))));
    }

    private static Reading ReadPage<T>(byte[] bytes, ObjectFormat<T> format)
        where T : class, INamespacedObject
    {
        var (items, problems) = (0, new List<string>());
        var page = ListPage.Read(bytes, format, _ => items++, problem => problems.Add(problem.Message));
        return new($"{(page is null ? "no page" : page.Value.Continue.Length > 0 ? "page" : "last page")}, {(items > 0 ? "items" : "none")}", problems.Distinct().Take(100).ToArray());
    }

    private static Reading OfResource(AddonResource resource)
    {
        var spec = resource.Spec.ToObject();
        var read = AddonSpecReader.Read(AddonCatalog.Find(resource.Kind)!, spec);
        var policies = new List<string>();
        AddonSpecReader.ReadPolicies(spec, policies);
        var recorded = Recorded.Read(resource, isAttemptOpen: false);
        var steering = Told($"resource {read.Spec?.Layout} {recorded.WasReady} {recorded.Mark?.IsRefused}", Steering.OfResource(resource.Annotations));
        return steering with { Messages = [.. steering.Messages, .. read.Mistakes, .. policies] };
    }

    private static Reading OfCredentials(CredentialSecret secret) =>
        secret.Config is { } text ? DocumentReaders.All.Single(reader => reader.Name == "namespace-credentials").Read(Encoding.UTF8.GetBytes(text)) : new("no credentials");

    private static Reading ReadSpec(byte[] bytes) => JsonAnswer.TryParse(bytes) is not { } json ? new("no JSON")
        : Reading.All(AddonCatalog.All.Select(kind =>
        {
            var read = AddonSpecReader.Read(kind, json["spec"] as JsonObject ?? json);
            return new Reading($"{read.Spec?.Layout}", read.Mistakes);
        }));

    // An object of annotations; or a text that each of them may be.
    private static Reading ReadAnnotations(byte[] bytes)
    {
        var json = JsonAnswer.TryParse(bytes);
        var given = json?.ToDictionary(pair => pair.Key, pair => pair.Value.Text() ?? "") ?? [];
        string[] names = [Steering.RecreateAnnotation, Steering.AllowDeletionsAnnotation, Steering.ProtectionAnnotation, CreationMark.Annotation];
        var texts = names.ToDictionary(name => name, _ => Reader.Text(bytes));
        var mark = CreationMark.Read(texts, "uid");
        return Reading.All(
            Told("resource", Steering.OfResource(given)), Told("namespace", Steering.OfNamespace(given)),
            Told("resource", Steering.OfResource(texts)), Told("namespace", Steering.OfNamespace(texts)), new(mark!.Id == "unreadable" ? "no mark" : "mark"));
    }

    private static Reading ReadLease(byte[] bytes)
    {
        var text = Reader.Text(bytes);
        var inner = LeaseRecord.Read(new V1Lease { Metadata = new() { Annotations = new Dictionary<string, string> { ["api.clever-cloud.com/instances"] = text } } });
        V1Lease read;
        try
        {
            read = JsonAnswer.Parse(new ApiRequest(HttpMethod.Get, "lease"), bytes, KubernetesModels.Default.V1Lease);
        }
        catch (KubernetesApiException failure)
        {
            return Reading.All(new Reading($"no Lease {inner.Instances.Count > 0}", [failure.Message]), Ledger(text));
        }

        var lease = LeaseRecord.Read(read);
        lease.Write("a", read, TimeSpan.FromSeconds(15));
        return Reading.All(new Reading($"{lease.Holder.Length > 0} {lease.Instances.Count > 0} {inner.Instances.Count > 0}"), Ledger(lease.Deletions), Ledger(text));
    }

    private static Reading Ledger(string text)
    {
        var ledger = new DeletionLedger(10, 50, TimeProvider.System);
        ledger.Read(text);
        var has = ledger.HasRoom("a", "b", isTerminating: false);
        return new($"{has} {ledger.UntilRoom() > TimeSpan.FromMinutes(1)} {ledger.Write().Length > 0}");
    }

    private static Reading Told(string shape, Steering steering) =>
        new($"{shape} {steering.Policies.Protection} {steering.Recreate is null} {steering.AllowDeletionsUntil is null}", steering.Mistakes);

    private static Reading Malformed(Func<Reading> read) => Reading.Of<MalformedObjectException>(read);
}
