using System.Text.Json;

namespace CleverRemoteOperator.Benchmarks.Driving;

/// <summary>The little that is read of a line of a watch; texts that the line has not are null.</summary>
/// <param name="Version">Of the object, and so of the collection when it was written.</param>
internal readonly record struct SeenObject(string Type, string Namespace, string Name, string Uid, string Version, bool IsReady, long ObservedGeneration)
{
    // {"type": … , "object": {"metadata": {"name": … }, "status": {"conditions": [{"type": … }]}}}
    private const int LineDepth = 1;
    private const int ObjectDepth = 2;
    private const int PartDepth = 3;
    private const int ConditionDepth = 5;

    /// <summary>Reads a line; passes over what is not asked for.</summary>
    public static SeenObject Read(ReadOnlySpan<byte> line)
    {
        var seen = default(SeenObject);
        bool inStatus = false, isTypeReady = false, isStatusTrue = false;
        var reader = new Utf8JsonReader(line);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.StartObject && reader.CurrentDepth == ConditionDepth - 1)
            {
                (isTypeReady, isStatusTrue) = (false, false);
            }

            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            switch (reader.CurrentDepth)
            {
                case LineDepth when reader.ValueTextEquals("type"u8):
                    seen = seen with { Type = Text(ref reader) };
                    break;
                case LineDepth when reader.ValueTextEquals("object"u8):
                    break;
                case ObjectDepth when reader.ValueTextEquals("metadata"u8) || reader.ValueTextEquals("status"u8):
                    inStatus = reader.ValueTextEquals("status"u8);
                    break;
                case PartDepth when !inStatus && reader.ValueTextEquals("namespace"u8):
                    seen = seen with { Namespace = Text(ref reader) };
                    break;
                case PartDepth when !inStatus && reader.ValueTextEquals("name"u8):
                    seen = seen with { Name = Text(ref reader) };
                    break;
                case PartDepth when !inStatus && reader.ValueTextEquals("uid"u8):
                    seen = seen with { Uid = Text(ref reader) };
                    break;
                case PartDepth when !inStatus && reader.ValueTextEquals("resourceVersion"u8):
                    seen = seen with { Version = Text(ref reader) };
                    break;
                case PartDepth when inStatus && reader.ValueTextEquals("conditions"u8):
                    break;
                case PartDepth when inStatus && reader.ValueTextEquals("observedGeneration"u8):
                    reader.Read();
                    seen = seen with { ObservedGeneration = reader.GetInt64() };
                    break;
                case ConditionDepth when reader.ValueTextEquals("type"u8):
                    reader.Read();
                    isTypeReady = reader.ValueTextEquals("Ready"u8);
                    seen = seen with { IsReady = seen.IsReady || (isTypeReady && isStatusTrue) };
                    break;
                case ConditionDepth when reader.ValueTextEquals("status"u8):
                    reader.Read();
                    isStatusTrue = reader.ValueTextEquals("True"u8);
                    seen = seen with { IsReady = seen.IsReady || (isTypeReady && isStatusTrue) };
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return seen;
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetString() ?? "";
    }
}
