using System.Text;
using System.Text.Json.Nodes;
using CleverRemoteOperator.IntegrationTests.Servers;
using CleverRemoteOperator.Sandbox.CleverApi.Addons;

namespace CleverRemoteOperator.IntegrationTests.Compatibility;

/// <summary>A resource with its add-on and Secret as the reference operator leaves them, and what must be true for it to go on with them.</summary>
internal sealed record ReferenceState(ReferenceKind Kind, string Name, string Path, string Uid, string AddonId)
{
    /// <summary>Lays a resource down together with its add-on and, unless it had not come so far yet, status and Secret.</summary>
    /// <param name="isFinished">Whether status and Secret were written.</param>
    public static async Task<ReferenceState> LayAsync(Scenario scenario, ReferenceKind kind, string name, bool isFinished)
    {
        var plan = kind.PlanOf(scenario.Clever.Catalogue).Id;
        var applied = Assert.Single(await scenario.Cluster.Api.ApplyAsync(kind.Manifest(name, plan, isServed: true).ToJsonString(), scenario.Namespace));
        var (path, uid) = (kind.PathOf(scenario.Namespace, name), (string)applied["metadata"]!["uid"]!);
        var addon = CreateAddon(scenario, kind, uid, plan);
        if (isFinished)
        {
            await scenario.Cluster.Api.PatchAsync($"{path}/status", $$$"""{"status": {"addon": "{{{addon.Id}}}"}}""");
            await scenario.Cluster.Api.ApplyAsync(Secret(scenario, kind, name, uid, addon).ToJsonString(), scenario.Namespace);
        }

        return new(kind, name, path, uid, addon.Id);
    }

    /// <summary>The namespace's credentials as they are found in the wild: base64 of base64.</summary>
    public static async Task LayCredentialsAsync(Scenario scenario)
    {
        static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
        var configuration = $"""
            [api]
            endpoint = "{scenario.Clever.Address.GetLeftPart(UriPartial.Authority)}/v2"
            token = "sandbox-token"
            secret = "sandbox-secret"
            consumerKey = "T5nFjKeHH4AIlEveuGhB5S3xg8T19e"
            consumerSecret = "MgVMqTr6fWlf2M0tkC2MXOnhfqBWDT"
            """;
        await scenario.Cluster.Api.ApplyAsync(
            $$$"""{apiVersion: v1, kind: Secret, metadata: {name: clever-kubernetes-operator}, data: {config: "{{{Encode(Encode(configuration))}}}"}}""", scenario.Namespace);
    }

    /// <summary>Everything the reference operator goes by is there: it would find the add-on and the Secret, and could remove its finalizer.</summary>
    public async Task AssertUnderstoodByReferenceAsync(Scenario scenario)
    {
        var resource = (await scenario.Cluster.Api.GetAsync(Path))!;
        Assert.Equal([Kind.FullFinalizer], resource["metadata"]!["finalizers"]!.AsArray().Select(finalizer => (string?)finalizer));
        Assert.Equal(AddonId, resource.StatusField("addon"));
        var addon = Assert.Single(scenario.Clever.Addons.All, addon => addon.Id == AddonId);
        Assert.Equal((Kind.Provider, Scenario.Organisation), (addon.ProviderId, addon.OwnerId));
        Assert.StartsWith(Kind.AddonName(Uid), addon.Name, StringComparison.Ordinal);

        var secret = await scenario.Cluster.Api.GetAsync(scenario.Secret($"{Name}-secrets"));
        Assert.Equal(Environment(scenario, Kind, addon), secret.Data().OrderBy(pair => pair.Key, StringComparer.Ordinal));
        var owner = Assert.Single(secret!["metadata"]!["ownerReferences"]!.AsArray())!;
        Assert.Equal((Kind.Name, Kind.ApiVersion, Name, Uid), ((string?)owner["kind"], (string?)owner["apiVersion"], (string?)owner["name"], (string?)owner["uid"]));
    }

    private static Addon CreateAddon(Scenario scenario, ReferenceKind kind, string uid, string plan)
    {
        var order = new JsonObject
        {
            ["name"] = kind.AddonName(uid),
            ["providerId"] = kind.Provider,
            ["plan"] = plan,
            ["region"] = "par",
            ["options"] = Options(kind.Manifest("any", plan, isServed: true)["spec"]?["options"] as JsonObject ?? [], scenario.Clever.Catalogue.Find(kind.Provider)?.Versions?.Dedicated ?? []),
        };
        var addon = scenario.Clever.Addons.Create(Scenario.Organisation, AddonRequest.Read(order, scenario.Clever.Catalogue));
        return scenario.Clever.Addons.Change(addon, created => created with { Variables = kind.Variables });
    }

    // As the reference operator sends them: texts, and what runs beside Elasticsearch as one text of JSON.
    private static JsonObject Options(JsonObject asked, IReadOnlyList<string> known)
    {
        string[] services = ["kibana", "apm"];
        var options = new JsonObject(asked.Where(option => !services.Contains(option.Key))
            .Select(option => KeyValuePair.Create(option.Key, (JsonNode?)(option.Value is JsonValue value && value.TryGetValue<string>(out var text) ? text : option.Value!.ToJsonString()))));
        if (options["version"] is { } version)
        {
            // People write versions without dots; the API has them with dots.
            options["version"] = known.FirstOrDefault(offered => offered.Replace(".", "", StringComparison.Ordinal) == (string?)version) ?? (string?)version;
        }

        if (asked.Any(option => services.Contains(option.Key)))
        {
            options["services"] = new JsonArray([.. services.Select(JsonNode (name) => new JsonObject { ["name"] = name, ["enabled"] = asked[name]?.GetValue<bool>() ?? false })]).ToJsonString();
        }

        return options;
    }

    private static JsonObject Secret(Scenario scenario, ReferenceKind kind, string name, string uid, Addon addon) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Secret",
        ["metadata"] = new JsonObject
        {
            ["name"] = $"{name}-secrets",
            ["ownerReferences"] = new JsonArray(new JsonObject
            {
                ["apiVersion"] = kind.ApiVersion,
                ["kind"] = kind.Name,
                ["name"] = name,
                ["uid"] = uid,
                ["blockOwnerDeletion"] = true,
            }),
        },
        ["stringData"] = new JsonObject(Environment(scenario, kind, addon).Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
    };

    private static IEnumerable<KeyValuePair<string, string>> Environment(Scenario scenario, ReferenceKind kind, Addon addon) =>
        (kind.Variables.Count > 0 ? kind.Variables : scenario.Clever.Addons.TemplateOf(addon).Environment())
        .Select(variable => KeyValuePair.Create(variable.Name, variable.Value)).OrderBy(pair => pair.Key, StringComparer.Ordinal);
}
