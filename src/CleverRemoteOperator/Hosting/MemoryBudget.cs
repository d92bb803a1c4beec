namespace CleverRemoteOperator.Hosting;

/// <summary>How much of what clusters tell may be kept in memory.</summary>
internal static class MemoryBudget
{
    private const long Mebibyte = 1024 * 1024;
    private const int Part = 8;
    private const long Least = 16 * Mebibyte;
    private const long Most = 128 * Mebibyte;
    private const string HardLimit = "GCHeapHardLimit";

    /// <summary>
    /// An eighth of what the heap may take, 16 to 128 MiB; where somebody set <c>DOTNET_GCHeapHardLimit</c>, an eighth of that however much it is.
    /// </summary>
    public static long OfThisProcess() =>
        Of(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, GC.GetConfigurationVariables().TryGetValue(HardLimit, out var set) && Convert.ToInt64(set, null) > 0);

    /// <summary>The same for a heap of that size.</summary>
    public static long Of(long heap, bool isSet) => Math.Max(Least, isSet ? heap / Part : Math.Min(heap / Part, Most));
}
