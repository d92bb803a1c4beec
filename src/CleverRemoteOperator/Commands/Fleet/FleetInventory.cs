using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Configuration.Texts;
using CleverRemoteOperator.Timing;

namespace CleverRemoteOperator.Commands.Fleet;

/// <summary>The add-ons of the organisations that the fleet's accounts reach.</summary>
/// <param name="Addons">By organisation.</param>
/// <param name="Problems">Organisations that could not be listed, and why; fit for a terminal.</param>
internal sealed record FleetInventory(IReadOnlyDictionary<string, IReadOnlyList<CleverAddon>> Addons, IReadOnlyList<string> Problems)
{
    /// <summary>Never throws for an account.</summary>
    /// <param name="only">The organisations to list; empty for all that accounts are set to or resources are in.</param>
    /// <param name="limit">How long one organisation may take.</param>
    public static async Task<FleetInventory> ReadAsync(
        IReadOnlyList<FleetAccount> accounts, IReadOnlyList<ResourceView> resources, IReadOnlyCollection<string> only,
        ICleverApiFactory factory, TimeProvider time, TimeSpan limit, CancellationToken token)
    {
        var addons = new Dictionary<string, IReadOnlyList<CleverAddon>>(StringComparer.Ordinal);
        var problems = new Dictionary<string, string>(StringComparer.Ordinal);
        // Resources may name other organisations; whose credentials reach one shows by trying.
        var named = resources.Select(resource => resource.Field("organisation")).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        foreach (var account in accounts)
        {
            using var deadline = new Deadline(limit, time, token);
            var asked = "";
            try
            {
                var api = factory.For(account.Credentials);
                asked = account.Credentials.Organisation ?? await api.GetAccountIdAsync(deadline.Token) ?? "";
                var own = asked;
                foreach (var organisation in named.Concat(only).Prepend(own).Distinct(StringComparer.Ordinal)
                    .Where(name => name.Length > 0 && !addons.ContainsKey(name) && (only.Count == 0 || only.Contains(name))))
                {
                    asked = organisation;
                    if (await ListAsync(api, organisation, isOwn: organisation == own, problems, deadline.Token) is { } list)
                    {
                        addons[organisation] = list;
                    }
                }
            }
            catch (CleverApiException failure)
            {
                problems[asked] = $"account of {account.Users}: {failure.Message}";
            }
            catch (OperationCanceledException) when (deadline.HasExpired)
            {
                problems[asked] = $"account of {account.Users}: not all was answered within {limit.TotalSeconds:0} s";
            }
        }

        foreach (var organisation in named.Concat(only).Where(name => !addons.ContainsKey(name) && (only.Count == 0 || only.Contains(name))))
        {
            problems.TryAdd(organisation, $"organisation {Printable.Of(organisation)}: no account that is configured can list it");
        }

        return new(addons, [.. problems.Where(problem => !addons.ContainsKey(problem.Key)).Select(problem => problem.Value)]);
    }

    private static async Task<IReadOnlyList<CleverAddon>?> ListAsync(
        ICleverApi api, string organisation, bool isOwn, Dictionary<string, string> problems, CancellationToken token)
    {
        try
        {
            return await api.ListAddonsAsync(organisation, token);
        }
        catch (CleverApiException failure) when (!isOwn && !failure.CanRetry)
        {
            // Another account's, perhaps.
            problems[organisation] = $"organisation {Printable.Of(organisation)}: {failure.Message}";
            return null;
        }
    }
}
