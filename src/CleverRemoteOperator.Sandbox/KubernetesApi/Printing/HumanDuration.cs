namespace CleverRemoteOperator.Sandbox.KubernetesApi.Printing;

/// <summary>Ages as kubectl shows them: two units at most, and coarser the older they are.</summary>
internal static class HumanDuration
{
    private const int DaysPerYear = 365;

    public static string Format(TimeSpan age)
    {
        var seconds = (long)age.TotalSeconds;
        var minutes = seconds / 60;
        var hours = minutes / 60;
        var days = hours / 24;
        var years = days / DaysPerYear;
        return (seconds, minutes, hours) switch
        {
            ( < -1, _, _) => "<invalid>",
            ( < 0, _, _) => "0s",
            ( < 120, _, _) => $"{seconds}s",
            (_, < 10, _) => Two(minutes, 'm', seconds % 60, 's'),
            (_, < 180, _) => $"{minutes}m",
            (_, _, < 8) => Two(hours, 'h', minutes % 60, 'm'),
            (_, _, < 48) => $"{hours}h",
            (_, _, < 24 * 8) => Two(days, 'd', hours % 24, 'h'),
            (_, _, < 24 * DaysPerYear * 2) => $"{days}d",
            (_, _, < 24 * DaysPerYear * 8) => Two(years, 'y', days % DaysPerYear, 'd'),
            _ => $"{years}y",
        };
    }

    private static string Two(long large, char largeUnit, long small, char smallUnit) =>
        small == 0 ? $"{large}{largeUnit}" : $"{large}{largeUnit}{small}{smallUnit}";
}
