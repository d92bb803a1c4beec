using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Clusters;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Credentials;
using CleverRemoteOperator.Kubernetes;
using CleverRemoteOperator.Reconciling.Observing;
using CleverRemoteOperator.Tests.Watching;
using CleverRemoteOperator.Watching;

namespace CleverRemoteOperator.Tests.Hostile;

/// <summary>Every reader of text that somebody else wrote. Each may refuse in the one way its callers expect, and in no other.</summary>
internal static class Readers
{
    private static readonly ObjectFormat<AddonResource> Addons = ObjectReading.Addons(RunningWatch.Redis, TimeProvider.System);

    public static IReadOnlyDictionary<string, Action<byte[]>> All { get; } = new Dictionary<string, Action<byte[]>>
    {
        ["kubeconfig"] = bytes => Kubeconfig(bytes),
        ["namespace credentials"] = bytes => Credentials(bytes),
        ["configuration file"] = Configuration,
        ["watch line"] = Lines,
        ["list page"] = bytes => ListPage.Read(bytes, Addons, _ => { }, _ => { }),
        ["list page of Secrets"] = bytes => ListPage.Read(bytes, ObjectReading.Secrets, _ => { }, _ => { }),
        ["resource"] = bytes => Malformed(() => Addons.Read(bytes)),
        ["Secret"] = bytes => Malformed(() => ObjectReading.Secrets.Read(bytes)),
        ["credentials Secret"] = bytes => Malformed(() => CredentialSecretFormat.Format.Read(bytes)),
        ["status of a failure"] = bytes => KubernetesStatus.TryRead(bytes),
        ["spec"] = Spec,
        ["creation mark"] = bytes => CreationMark.Read(
            new Dictionary<string, string> { [CreationMark.Annotation] = Encoding.UTF8.GetString(bytes) }, "uid"),
        ["Lease"] = Lease,
    };

    public static KubeconfigResult Kubeconfig(byte[] bytes) => new KubeconfigReader(
        new ClusterOptions { Name = "hostile", Source = "hostile" }, TimeProvider.System).Read(Encoding.UTF8.GetString(bytes));

    public static CredentialsReading Credentials(byte[] bytes) => CredentialsText.Parse(
        Encoding.UTF8.GetString(bytes), "config", new EndpointRule(origin => origin == ApiEndpoint.Public || origin == ApiEndpoint.PublicBridge, "the public ones"));

    private static void Configuration(byte[] bytes)
    {
        foreach (var format in Enum.GetValues<DocumentFormat>())
        {
            try
            {
                new DocumentSettings("test", path => path).Read(DocumentText.Parse(Encoding.UTF8.GetString(bytes), format), ["api", "operator", "clusters"]);
            }
            catch (DocumentException)
            {
                // The one way to refuse.
            }
        }
    }

    private static void Lines(byte[] bytes)
    {
        foreach (var line in Encoding.Latin1.GetString(bytes).Split('\n').Select(Encoding.Latin1.GetBytes))
        {
            if (WatchLine.TryRead(line, out var read))
            {
                Bookmark.Read(read.Object);
                KubernetesStatus.TryRead(read.Object);
                var item = read.Object.ToArray();
                Malformed(() => Addons.Read(item));
                Malformed(() => CredentialSecretFormat.Format.Read(item));
            }
        }
    }

    private static void Spec(byte[] bytes)
    {
        if (JsonAnswer.TryParse(bytes) is not { } json)
        {
            return;
        }

        foreach (var kind in AddonCatalog.All)
        {
            AddonSpecReader.Read(kind, json["spec"] as JsonObject ?? json);
        }
    }

    private static void Lease(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        LeaseRecord.Read(JsonAnswer.TryParse(bytes) ?? []);
        LeaseRecord.Read(new JsonObject
        {
            ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { ["api.clever-cloud.com/instances"] = JsonNode.Parse(JsonSerializer.Serialize(text)) } },
        });
    }

    private static void Malformed<T>(Func<T> read)
    {
        try
        {
            read();
        }
        catch (MalformedObjectException)
        {
            // The one way to refuse.
        }
    }
}
