namespace CleverRemoteOperator.Benchmarks.Measuring;

/// <summary>The collections of a process since it began, as it tells them itself.</summary>
/// <param name="Count">Of any generation.</param>
/// <param name="PausedMilliseconds">How long everything stood still for them.</param>
internal sealed record GarbageCollections(double Count, double PausedMilliseconds)
{
    // A collection of an older generation counts as one of the youngest too.
    public static GarbageCollections Of(MetricsPage page) => new(
        page.Sum("dotnet_collection_count_total", labels => labels["generation"] == "0"),
        page.Sum("dotnet_gc_pause_seconds_total") * 1000);
}
