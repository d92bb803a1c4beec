using System.Globalization;
using CleverRemoteOperator.Addons.Secrets;
using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Configuration.Texts;
using CleverRemoteOperator.Reconciling.Deciding;
using CleverRemoteOperator.Reconciling.Observing;
using static CleverRemoteOperator.Reconciling.Deciding.Decision;

namespace CleverRemoteOperator.Reconciling.Acting;

/// <summary>What a decision would do, in a sentence for the resource's owner, with what it costs a month before and after.</summary>
internal static class PreviewText
{
    public static async Task<string> TellAsync(Observation seen, Decision what, CancellationToken token) => what switch
    {
        Mark or Remark or Create =>
            $"would create a {seen.Kind.Name} with plan {seen.Catalogue?.Addon?.Plan ?? seen.Spec?.Plan}{await PriceAsync(seen, seen.Catalogue?.Addon?.PlanId, seen.Catalogue?.Addon?.Region, token)} "
            + $"in region {seen.Catalogue?.Addon?.Region ?? seen.Spec?.Region} of organisation {seen.Account!.Account!.Organisation}{(seen.SecretName is { } name ? $", and write how to reach it into the Secret {name}" : "")}",
        Adopt adopt => $"would take over the add-on {adopt.Addon.Id}, called \"{Printable.Of(adopt.Addon.Name ?? "", 200)}\", by renaming it to {seen.AddonName}; nothing else of it would change",
        Claim => $"would rename the add-on {Id(seen)} to {seen.AddonName}",
        Migrate migrate =>
            $"would migrate the add-on {Id(seen)} to {migrate.Target}{await PriceAsync(seen, Differences.TargetPlanId(seen), migrate.Target.Region, token)}; "
            + $"now it has plan {seen.Addon!.Addon!.Plan.Slug}{await PriceAsync(seen, seen.Addon.Addon.Plan.Id, seen.Addon.Addon.Region, token)}. The database would be read-only meanwhile, "
            + $"and its host, database name, user and password would change{(Differences.Losses(seen) is { Length: > 0 } losses ? $"; it would lose {losses}" : "")}",
        Update update => $"would update the add-on {Id(seen)} to version {update.Target.Version}",
        Abort abort => $"would abort migration {Printable.Of(abort.Migration.Name, 64)} of the add-on {Id(seen)}",
        Change => $"would write the variables {Names(seen.Spec!.Variables.Keys)} into the add-on {Id(seen)}",
        Publish when seen.SecretName is null => $"would write no Secret for the add-on {Id(seen)}",
        Publish => $"would write {(seen.Environment is { } environment ? $"{Names(SecretContent.Of(seen.Kind, seen.Spec!.Secret, environment).Entries.Keys)} of the add-on {Id(seen)}" : $"how to reach the add-on {Id(seen)}")} into the Secret {seen.SecretName}",
        Hold => $"would put the finalizer {seen.Kind.Finalizer} on the resource",
        Delete => $"would delete the add-on {Id(seen)} with its data",
        LetGo go => $"would let the resource go: {go.Message}",
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
    };

    // What cannot be told costs the preview nothing.
    private static async Task<string> PriceAsync(Observation seen, string? planId, string? region, CancellationToken token)
    {
        if (planId is null || region is null || seen.Account?.Account is not { } account)
        {
            return "";
        }

        try
        {
            var catalogue = await account.Api.GetProvidersAsync(account.Organisation, token);
            var plan = catalogue.Providers.FirstOrDefault(provider => provider.Id == seen.Kind.ProviderId)?.Plans.FirstOrDefault(plan => plan.Id == planId);
            var prices = await account.Api.GetPricesAsync(account.Organisation, region, token);
            return plan is not null && prices.MonthlyOf(plan) is { } monthly
                ? string.Create(CultureInfo.InvariantCulture, $" ({monthly:0.00} {prices.Currency} a month)")
                : "";
        }
        catch (CleverApiException)
        {
            return "";
        }
    }

    private static string Id(Observation seen) => seen.Addon?.Addon?.Id ?? "";

    private static string Names(IEnumerable<string> names) => Printable.Of(string.Join(", ", names.Order(StringComparer.Ordinal)), 400);
}
