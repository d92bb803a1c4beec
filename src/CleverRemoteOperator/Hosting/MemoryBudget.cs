namespace CleverRemoteOperator.Hosting;

/// <summary>How much of what clusters tell may be kept in memory: an eighth of what the heap may take, but at least 16 and at most 128 MiB.</summary>
internal static class MemoryBudget
{
    private const long Mebibyte = 1024 * 1024;
    private const int Part = 8;
    private const long Least = 16 * Mebibyte;
    private const long Most = 128 * Mebibyte;

    /// <summary>Bytes, by the limit of this process's heap.</summary>
    public static long OfThisProcess() => Of(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    /// <summary>Bytes, for a heap that may take so many.</summary>
    public static long Of(long heap) => Math.Clamp(heap / Part, Least, Most);
}
