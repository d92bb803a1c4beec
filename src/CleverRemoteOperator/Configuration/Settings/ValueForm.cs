namespace CleverRemoteOperator.Configuration.Settings;

/// <summary>A form a value can have.</summary>
/// <param name="Allowed">What is allowed, as the end of a message.</param>
/// <param name="Read">The value with its type; null when it is not allowed.</param>
internal sealed record ValueForm<T>(string Allowed, Func<SettingValue, Parsed<T>?> Read) where T : notnull;

/// <summary>A value that was allowed.</summary>
internal sealed record Parsed<T>(T Value);
