using System.Globalization;

namespace CleverRemoteOperator.Benchmarks.Measuring;

/// <summary>What a figure counts.</summary>
internal enum Unit
{
    Number,
    PerSecond,
    Seconds,
    Milliseconds,
    Microseconds,
    Bytes,
    Kibibytes,
    Mebibytes,
    Percent,
    Times,
}

/// <summary>Figures as a person reads them.</summary>
internal static class UnitText
{
    public static string Format(this Unit unit, double value) => unit switch
    {
        Unit.Number => Plain(value),
        Unit.PerSecond => Plain(value) + " /s",
        Unit.Seconds => value.ToString("0.00", CultureInfo.InvariantCulture) + " s",
        Unit.Milliseconds => value.ToString(value < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture) + " ms",
        Unit.Microseconds => value.ToString("0.000", CultureInfo.InvariantCulture) + " µs",
        Unit.Bytes => value.ToString("0", CultureInfo.InvariantCulture) + " B",
        Unit.Kibibytes => value.ToString("0.0", CultureInfo.InvariantCulture) + " KiB",
        Unit.Mebibytes => value.ToString("0.0", CultureInfo.InvariantCulture) + " MiB",
        Unit.Percent => value.ToString("0.0", CultureInfo.InvariantCulture) + " %",
        _ => value.ToString("0.00", CultureInfo.InvariantCulture) + " ×",
    };

    private static string Plain(double value) => value is > 0 and < 0.005 ? "< 0.01" : value.ToString(Math.Abs(value) < 100 ? "0.##" : "0", CultureInfo.InvariantCulture);
}
