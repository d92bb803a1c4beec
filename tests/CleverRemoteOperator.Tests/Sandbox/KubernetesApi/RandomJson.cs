using System.Text.Json.Nodes;
using CsCheck;

namespace CleverRemoteOperator.Tests.Sandbox.KubernetesApi;

/// <summary>Small random objects over few keys, so that two of them often meet.</summary>
internal static class RandomJson
{
    private static readonly Gen<JsonNode?> Scalars = Gen.OneOf(
        Gen.Const((JsonNode?)null),
        Gen.Int[0, 2].Select(number => (JsonNode?)JsonValue.Create(number)),
        Gen.OneOf(Gen.Const("x"), Gen.Const("y")).Select(text => (JsonNode?)JsonValue.Create(text)));

    public static Gen<JsonObject> Objects { get; } = OfDepth(3);

    private static Gen<JsonObject> OfDepth(int depth)
    {
        var values = depth == 0
            ? Scalars
            : Gen.OneOf(Scalars, OfDepth(depth - 1).Select(child => (JsonNode?)child), Scalars.Array[0, 2].Select(items => (JsonNode?)Copy(items)));
        return Gen.Select(Gen.OneOf(Gen.Const("a"), Gen.Const("b"), Gen.Const("c")), values).Array[0, 3].Select(pairs =>
        {
            JsonObject result = [];
            foreach ((var key, var value) in pairs)
            {
                result[key] = value?.DeepClone();
            }

            return result;
        });
    }

    private static JsonArray Copy(JsonNode?[] items) => [.. items.Select(item => item?.DeepClone())];
}
