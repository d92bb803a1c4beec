namespace CleverRemoteOperator.Hosting;

/// <summary>How much memory the objects kept of all clusters may use: an eighth of the heap limit, at least 16 and at most 128 MiB.</summary>
internal static class MemoryBudget
{
    private const long Mebibyte = 1024 * 1024;
    private const int Part = 8;
    private const long Least = 16 * Mebibyte;
    private const long Most = 128 * Mebibyte;

    /// <summary>Bytes, for this process's heap limit.</summary>
    public static long OfThisProcess() => Of(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);

    /// <summary>Bytes, for a heap limit of so many.</summary>
    public static long Of(long heap) => Math.Clamp(heap / Part, Least, Most);
}
