namespace CleverRemoteOperator.CleverCloud;

/// <summary>What plans cost in one zone.</summary>
/// <param name="Hourly">Price of an hour by price id, whatever its case; a plan that is not in it has a price we do not know.</param>
/// <param name="ByUse">Services that are counted instead, such as <c>cellar.storage</c>.</param>
/// <param name="ArePublic">True when the organisation's own prices could not be read and these are everybody's.</param>
internal sealed record CleverPrices(string Currency, IReadOnlyDictionary<string, decimal> Hourly, IReadOnlySet<string> ByUse, bool ArePublic)
{
    private const int HoursOfMonth = 720; // as the console reckons

    /// <summary>What the plan costs an hour; null when that is not known.</summary>
    public decimal? HourlyOf(CleverPlan plan) => plan.PriceId is { } id && Hourly.TryGetValue(id, out var price) ? price : null;

    /// <summary>What the plan costs in a month of 30 days; null when that is not known.</summary>
    public decimal? MonthlyOf(CleverPlan plan) => HourlyOf(plan) * HoursOfMonth;
}
