using System.Text.Json;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.CleverApi.Products;

namespace CleverRemoteOperator.Sandbox.CleverApi.Addons;

/// <summary>A valid order for an add-on, all of it found in the catalogue.</summary>
internal sealed record AddonRequest(string Name, Provider Provider, Plan Plan, string Region, string? Version, IReadOnlyDictionary<string, string> Options)
{
    /// <summary>Reads the body of a creation.</summary>
    /// <exception cref="ApiError">400 that names what is wrong and what is allowed.</exception>
    public static AddonRequest Read(JsonObject body, ProductCatalogue catalogue)
    {
        var providerId = body.Require("providerId");
        var planId = body.Require("plan");
        var region = body.Require("region");
        var provider = catalogue.Find(providerId)
            ?? throw Invalid($"Unknown provider '{providerId}'; available are: {string.Join(", ", catalogue.Providers.Select(provider => provider.Id))}");
        var plan = FindPlan(provider, planId);
        CheckRegion(provider, plan, region);
        var options = ReadOptions(body["options"]);
        CheckOptions(provider, options);
        var version = ChooseVersion(provider, plan, region, options.GetValueOrDefault("version"));
        return new AddonRequest(body.Text("name") ?? provider.Name, provider, plan, region, version, options);
    }

    /// <exception cref="ApiError">400 when the provider has no such plan.</exception>
    public static Plan FindPlan(Provider provider, string planId) => provider.FindPlan(planId)
        ?? throw Invalid($"Provider {provider.Id} has no plan '{planId}'; a plan's id is expected");

    /// <exception cref="ApiError">400 when the plan is not sold there.</exception>
    public static void CheckRegion(Provider provider, Plan plan, string region)
    {
        if (!provider.ZonesOf(plan).Contains(region))
        {
            throw Invalid($"Plan {plan.Slug} of {provider.Id} is not available in region '{region}'; available are: {string.Join(", ", provider.ZonesOf(plan))}");
        }
    }

    /// <summary>The version asked for when the plan has it there, or the default.</summary>
    /// <exception cref="ApiError">400 when it is not offered.</exception>
    public static string? ChooseVersion(Provider provider, Plan plan, string region, string? version)
    {
        if (provider.Versions is not { } offer)
        {
            return version is null ? null : throw Invalid($"Provider {provider.Id} offers no choice of version");
        }

        var shared = offer.Shared?.Zones.Contains(region) == true ? offer.Shared.Version : null;
        var allowed = !plan.IsShared ? offer.Dedicated : shared is null ? [] : [shared];
        version ??= plan.IsShared ? shared : offer.Default;
        return version is not null && allowed.Contains(version)
            ? version
            : throw Invalid($"Version '{version}' of {provider.Id} is not available on plan {plan.Slug} in {region}; available are: {string.Join(", ", allowed)}");
    }

    private static Dictionary<string, string> ReadOptions(JsonNode? node)
    {
        if (node is null)
        {
            return [];
        }

        var options = new Dictionary<string, string>();
        foreach (var (name, value) in node as JsonObject ?? throw ApiError.Malformed("options must be an object of text."))
        {
            options[name] = value is JsonValue text && text.TryGetValue<string>(out var content) ? content
                : throw ApiError.Malformed($"option {name} must be text.");
        }

        return options;
    }

    private static void CheckOptions(Provider provider, IReadOnlyDictionary<string, string> options)
    {
        foreach (var (name, value) in options.Where(option => option.Key != "version"))
        {
            if (!provider.Options.TryGetValue(name, out var allowed))
            {
                throw Invalid($"Provider {provider.Id} has no option '{name}'; available are: {string.Join(", ", provider.Options.Keys.Prepend("version"))}");
            }

            if (allowed.Count > 0 && !allowed.Contains(value))
            {
                throw Invalid($"Option {name} of {provider.Id} cannot be '{value}'; allowed are: {string.Join(", ", allowed)}");
            }

            if (name == "services" && !AreServices(value))
            {
                throw Invalid($"Option services of {provider.Id} must be a JSON array such as [{{\"name\":\"kibana\",\"enabled\":true}}]");
            }
        }
    }

    private static bool AreServices(string text)
    {
        try
        {
            return AddonServices.Parse(text).All(service => service.Name is "kibana" or "apm");
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static ApiError Invalid(string message) => ApiError.V2(400, SyntheticId.InvalidCreation, message);
}
