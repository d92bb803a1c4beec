using System.CommandLine;
using System.Globalization;

namespace CleverRemoteOperator.Benchmarks.Load;

/// <summary>Options whose mistakes are one line: which, what was given, what is allowed.</summary>
internal static class CheckedOption
{
    /// <param name="read">What a text means, or null when it is not allowed.</param>
    public static Option<T> Of<T>(string name, string description, Func<string, T?> read, string allowed, T @default)
        where T : class? => Create(name, description, text => read(text) is { } value ? new Box<T>(value) : null, allowed, @default);

    /// <inheritdoc cref="Of{T}(string, string, Func{string, T}, string, T)"/>
    public static Option<T> Of<T>(string name, string description, Func<string, Box<T>?> read, string allowed, T @default)
        where T : struct => Create(name, description, read, allowed, @default);

    public static Option<int> Whole(string name, string description, int from, int to, int @default) => Create(
        name, description, text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= from && value <= to ? new Box<int>(value) : null,
        to == int.MaxValue ? $"a whole number from {from}" : $"a whole number from {from} to {to}", @default);

    public static Option<double> Number(string name, string description, double from, double to, double @default) => Create(
        name, description, text => ReadNumber(text, from, to),
        string.Create(CultureInfo.InvariantCulture, $"a number from {from} to {to}"), @default);

    /// <summary>Whole and broken seconds up to a day.</summary>
    public static Option<TimeSpan> Seconds(string name, string description, TimeSpan @default) => Create(
        name, description, text => ReadNumber(text, 0, 86_400) is { } seconds ? new Box<TimeSpan>(TimeSpan.FromSeconds(seconds.Value)) : null,
        "seconds, a number from 0 to 86400", @default);

    /// <summary>A number with its unit.</summary>
    public static Option<TimeSpan> Duration(string name, string description, TimeSpan @default) => Create(
        name, description, ReadDuration, "a whole number with ms, s or m, such as 20ms, at most 1440m", @default);

    /// <summary>A file to write; null = none.</summary>
    public static Option<string?> File(string name, string description) => Of<string?>(
        name, description,
        text => Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(text))) && !Directory.Exists(text) ? Path.GetFullPath(text) : null,
        "a file in a folder that exists", null);

    private static Option<T> Create<T>(string name, string description, Func<string, Box<T>?> read, string allowed, T @default) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => @default,
        CustomParser = result =>
        {
            if (read(result.Tokens[0].Value) is { } value)
            {
                return value.Value;
            }

            result.AddError($"{name} '{result.Tokens[0].Value}' is not allowed; allowed: {allowed}");
            return default;
        },
    };

    private static Box<double>? ReadNumber(string text, double from, double to) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value >= from && value <= to ? new(value) : null;

    private static Box<TimeSpan>? ReadDuration(string text)
    {
        var unit = text.TrimStart("0123456789".ToCharArray());
        TimeSpan? one = unit switch
        {
            "ms" => TimeSpan.FromMilliseconds(1),
            "s" => TimeSpan.FromSeconds(1),
            "m" => TimeSpan.FromMinutes(1),
            _ => null,
        };
        return one is { } step && int.TryParse(text[..^unit.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var count) && step * count <= TimeSpan.FromDays(1)
            ? new(step * count) : null;
    }
}

/// <summary>A value that was read.</summary>
internal sealed record Box<T>(T Value);
