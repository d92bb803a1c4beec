using System.Text.Json.Nodes;
using CleverRemoteOperator.Addons;
using CsCheck;

namespace CleverRemoteOperator.Tests.Addons;

public sealed class AddonSpecFuzzTests
{
    private static readonly Gen<string> Names = Gen.OneOf(
        Gen.OneOf("organisation", "plan", "region", "version", "encryption", "kibana", "apm", "options", "instance", "variables"),
        Gen.String[0, 20]);

    private static readonly Gen<JsonNode?> Nodes = Gen.Recursive<JsonNode?>((depth, inner) =>
    {
        var scalars = Gen.OneOf(
            Gen.Const((JsonNode?)null),
            Gen.String[0, 50].Select(JsonNode? (text) => text),
            Gen.OneOf("S", "par", "14", "orga_1").Select(JsonNode? (text) => text),
            Gen.Int.Select(JsonNode? (number) => number),
            Gen.Double[-1e9, 1e9].Select(JsonNode? (number) => number),
            Gen.Bool.Select(JsonNode? (flag) => flag));
        return depth > 3 ? scalars : Gen.OneOf(
            scalars,
            inner.Array[0, 3].Select(JsonNode? (items) => new JsonArray(items)),
            Objects(inner).Select(JsonNode? (fields) => fields));
    });

    [Fact]
    public void Any_spec_is_either_read_or_refused_with_bounded_reasons() =>
        Gen.Select(Gen.Int[0, AddonCatalog.All.Count - 1].Select(index => AddonCatalog.All[index]), Objects(Nodes)).Sample((kind, spec) =>
        {
            var result = AddonSpecReader.Read(kind, spec);
            return result.Spec is null
                ? result.Mistakes.Count is > 0 and <= 21 && result.Mistakes.All(mistake => mistake.Length < 500)
                : result.Mistakes.Count == 0;
        }, iter: 5000);

    private static Gen<JsonObject> Objects(Gen<JsonNode?> values) =>
        Gen.Select(Names, values).Array[0, 6].Select(fields => new JsonObject(
            fields.DistinctBy(field => field.Item1).Select(field => KeyValuePair.Create(field.Item1, field.Item2))));
}
