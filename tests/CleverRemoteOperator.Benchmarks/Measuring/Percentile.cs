namespace CleverRemoteOperator.Benchmarks.Measuring;

/// <summary>Percentiles as they were seen, nothing interpolated.</summary>
internal static class Percentile
{
    /// <summary>The smallest value that so many percent do not exceed; of an even number of values 50 gives the lower middle one. 0 when there is none.</summary>
    public static double Of(double[] values, double percent)
    {
        if (values.Length == 0)
        {
            return 0;
        }

        Array.Sort(values);
        return values[Math.Clamp((int)Math.Ceiling(percent / 100 * values.Length) - 1, 0, values.Length - 1)];
    }
}
