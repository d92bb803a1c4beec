using System.Globalization;

namespace CleverRemoteOperator.Commands.Screens;

/// <summary>How long ago, in the words of kubectl: <c>45s</c>, <c>5m12s</c>, <c>3h</c>, <c>6d4h</c>, <c>412d</c>.</summary>
internal static class Age
{
    /// <summary>The time since then; empty when it is not known. What lies ahead counts as now.</summary>
    public static string Since(DateTimeOffset? time, DateTimeOffset now) =>
        time is { } then && then > DateTimeOffset.UnixEpoch ? Of(now - then) : "";

    /// <summary>A time span; a negative one is <c>0s</c>.</summary>
    public static string Of(TimeSpan span)
    {
        var (seconds, minutes, hours, days) = ((long)span.TotalSeconds, (long)span.TotalMinutes, (long)span.TotalHours, (long)span.TotalDays);
        return seconds switch
        {
            < 0 => "0s",
            < 120 => Whole(seconds, 's'),
            < 600 => Both(minutes, 'm', seconds % 60, 's'),
            _ when minutes < 180 => Whole(minutes, 'm'),
            _ when hours < 8 => Both(hours, 'h', minutes % 60, 'm'),
            _ when hours < 48 => Whole(hours, 'h'),
            _ when days < 8 => Both(days, 'd', hours % 24, 'h'),
            _ when days < 2 * 365 => Whole(days, 'd'),
            _ when days < 8 * 365 => Both(days / 365, 'y', days % 365, 'd'),
            _ => Whole(days / 365, 'y'),
        };
    }

    private static string Whole(long count, char unit) => string.Create(CultureInfo.InvariantCulture, $"{count}{unit}");

    private static string Both(long count, char unit, long rest, char smaller) => Whole(count, unit) + (rest == 0 ? "" : Whole(rest, smaller));
}
