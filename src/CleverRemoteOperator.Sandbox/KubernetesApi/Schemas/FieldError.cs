namespace CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;

/// <summary>One mistake in an object: the cause's reason, its field, and its message without the field's name.</summary>
internal sealed record FieldError(string Type, string Path, string Detail)
{
    public static FieldError Required(string path, string detail = "") =>
        new("FieldValueRequired", path, detail.Length == 0 ? "Required value" : $"Required value: {detail}");

    public static FieldError Invalid(string path, string value, string detail) =>
        new("FieldValueInvalid", path, $"Invalid value: {value}: {detail}");

    public static FieldError TypeInvalid(string path, string value, string detail) =>
        new("FieldValueTypeInvalid", path, $"Invalid value: {value}: {detail}");

    public static FieldError NotSupported(string path, string value, IEnumerable<string> supported) =>
        new("FieldValueNotSupported", path, $"Unsupported value: {value}: supported values: {string.Join(", ", supported.Select(JsonWords.Quote))}");

    public static FieldError Duplicate(string path, string value) =>
        new("FieldValueDuplicate", path, $"Duplicate value: {value}");

    public static FieldError Forbidden(string path, string detail) =>
        new("FieldValueForbidden", path, $"Forbidden: {detail}");

    public static FieldError TooLong(string path, long max) =>
        new("FieldValueTooLong", path, $"Too long: may not be more than {max} bytes");

    public static FieldError TooMany(string path, long actual, long max) =>
        new("FieldValueTooMany", path, $"Too many: {actual}: must have at most {max} {(max == 1 ? "item" : "items")}");

    /// <summary>Path and message as they stand in a Status message; an error of the whole object has the path <c>&lt;nil&gt;</c>.</summary>
    public override string ToString() => $"{Path}: {Detail}";
}
