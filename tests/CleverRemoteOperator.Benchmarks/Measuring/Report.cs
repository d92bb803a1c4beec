using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CleverRemoteOperator.Benchmarks.Measuring;

/// <summary>Everything one command measured.</summary>
/// <param name="Options">With what it ran, the seed among them: enough to repeat it.</param>
/// <param name="Servers">What answered as Kubernetes.</param>
internal sealed record Report(
    string Scenario, object Options, Machine Machine, string Servers, IReadOnlyList<Figure> Medians, IReadOnlyList<IReadOnlyList<Figure>> Runs)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Writes all of it to a file.</summary>
    public Task SaveAsync(string file) => File.WriteAllTextAsync(file, JsonSerializer.Serialize(this, Json) + "\n");
}
