using System.Text.Json;

namespace CleverRemoteOperator.Sandbox.CleverApi.Addons;

/// <summary>A companion service of Elasticsearch that the option <c>services</c> switches.</summary>
internal sealed record AddonService(string Name, bool Enabled);

/// <summary>Reads the option <c>services</c>: a JSON array inside a text.</summary>
internal static class AddonServices
{
    /// <exception cref="JsonException">The text is no such array.</exception>
    public static IReadOnlyList<AddonService> Parse(string text) => JsonSerializer.Deserialize<IReadOnlyList<AddonService>>(text, JsonText.Options) ?? [];
}
