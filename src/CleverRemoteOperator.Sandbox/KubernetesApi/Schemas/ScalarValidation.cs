using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;

/// <summary>The limits on single values: enum, length, pattern, format, range.</summary>
internal static class ScalarValidation
{
    public static void Validate(StructuralSchema schema, JsonNode? value, string path, List<FieldError> errors)
    {
        switch (value?.GetValueKind())
        {
            case JsonValueKind.String:
                Text(schema, value.GetValue<string>(), path, errors);
                break;
            case JsonValueKind.Number when JsonWords.TryNumber(value, out var number):
                Range(schema, number, path, errors);
                break;
        }

        if (schema.Source["enum"] is JsonArray allowed && !allowed.Any(item => JsonNode.DeepEquals(item, value)))
        {
            var supported = allowed.Select(item =>
                item?.GetValueKind() == JsonValueKind.String ? item.GetValue<string>() : JsonWords.Compact(item));
            errors.Add(FieldError.NotSupported(path, JsonWords.Compact(value), supported));
        }
    }

    public static long? Limit(StructuralSchema schema, string name) =>
        JsonWords.TryNumber(schema.Source[name], out var limit) ? (long)limit : null;

    /// <summary>A regular expression without look-around and back-references, as the API's own engine has it.</summary>
    public static Regex Compile(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private static void Text(StructuralSchema schema, string text, string path, List<FieldError> errors)
    {
        var quoted = JsonWords.Quote(text);
        var length = text.EnumerateRunes().Count();
        if (length > Limit(schema, "maxLength"))
        {
            errors.Add(FieldError.TooLong(path, Limit(schema, "maxLength")!.Value));
        }

        if (length < Limit(schema, "minLength"))
        {
            errors.Add(FieldError.Invalid(path, quoted, $"{path} in body should be at least {Limit(schema, "minLength")} chars long"));
        }

        if (schema.Source["pattern"] is JsonValue pattern && !Compile(pattern.GetValue<string>()).IsMatch(text))
        {
            errors.Add(FieldError.Invalid(path, quoted, $"{path} in body should match '{pattern.GetValue<string>()}'"));
        }

        if (schema.Format is { } format && !Formats.Fits(format, text))
        {
            errors.Add(FieldError.TypeInvalid(path, quoted, $"{path} in body must be of type {format}: {quoted}"));
        }
    }

    private static void Range(StructuralSchema schema, decimal number, string path, List<FieldError> errors)
    {
        var shown = JsonWords.Plain(number);
        if (JsonWords.TryNumber(schema.Source["multipleOf"], out var step) && number % step != 0)
        {
            errors.Add(FieldError.Invalid(path, shown, $"{path} in body should be a multiple of {JsonWords.Plain(step)}"));
        }

        if (JsonWords.TryNumber(schema.Source["maximum"], out var max))
        {
            var exclusive = Exclusive(schema, "exclusiveMaximum");
            if (number > max || (exclusive && number == max))
            {
                errors.Add(FieldError.Invalid(path, shown, $"{path} in body should be less than {(exclusive ? "" : "or equal to ")}{JsonWords.Plain(max)}"));
            }
        }

        if (JsonWords.TryNumber(schema.Source["minimum"], out var min))
        {
            var exclusive = Exclusive(schema, "exclusiveMinimum");
            if (number < min || (exclusive && number == min))
            {
                errors.Add(FieldError.Invalid(path, shown, $"{path} in body should be greater than {(exclusive ? "" : "or equal to ")}{JsonWords.Plain(min)}"));
            }
        }

        (var lowest, var highest) = schema.Format switch
        {
            "int32" => (int.MinValue, int.MaxValue),
            "int64" => (long.MinValue, long.MaxValue),
            _ => (decimal.MinValue, decimal.MaxValue),
        };
        if (number < lowest || number > highest)
        {
            errors.Add(FieldError.Invalid("<nil>", "\"\"", $"Checked value must be of type integer with format {schema.Format} in {path}"));
        }
    }

    private static bool Exclusive(StructuralSchema schema, string name) =>
        schema.Source[name] is JsonValue value && value.TryGetValue(out bool exclusive) && exclusive;
}
