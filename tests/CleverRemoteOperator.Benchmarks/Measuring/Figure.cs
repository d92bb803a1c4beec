namespace CleverRemoteOperator.Benchmarks.Measuring;

/// <summary>One thing that was measured.</summary>
/// <param name="Group">What it belongs to: a heading of the table.</param>
/// <param name="Name">What it is, such as <c>CPU</c>: a row of the table.</param>
/// <param name="Phase">When it was, such as <c>burst</c>: a column of the table.</param>
internal sealed record Figure(Group Group, string Name, string Phase, double Value, Unit Unit)
{
    /// <summary>One figure for each that any of these runs has, in their order; its value is the median of the runs.</summary>
    public static IReadOnlyList<Figure> Medians(IEnumerable<IReadOnlyList<Figure>> runs) =>
        [.. runs.SelectMany(figures => figures)
            .GroupBy(figure => (figure.Group, figure.Name, figure.Phase))
            .Select(same => same.First() with { Value = Percentile.Of([.. same.Select(figure => figure.Value)], 50) })];
}
