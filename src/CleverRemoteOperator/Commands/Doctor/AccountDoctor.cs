using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Commands.Fleet;
using CleverRemoteOperator.Timing;

namespace CleverRemoteOperator.Commands.Doctor;

/// <summary>Looks at one account of the Clever API.</summary>
internal sealed class AccountDoctor(ICleverApiFactory factory, TimeProvider time, TimeSpan limit)
{
    /// <summary>Never throws for the account.</summary>
    public async Task<Finding> LookAsync(FleetAccount account, CancellationToken token)
    {
        List<Check> checks = [];
        using var deadline = new Deadline(limit, time, token);
        try
        {
            await LookAsync(factory.For(account.Credentials), account, checks, deadline.Token);
        }
        catch (CleverApiException failure)
        {
            checks.Add(Check.Failed(checks.Count == 0 ? "authentication" : "organisation", failure.Message + WayOut(failure)));
        }
        catch (OperationCanceledException) when (deadline.HasExpired)
        {
            checks.Add(Check.Failed("authentication", $"no answer within {limit.TotalSeconds:0} s"));
        }

        return new($"account of {account.Users}", checks);
    }

    private async Task LookAsync(ICleverApi api, FleetAccount account, List<Check> checks, CancellationToken token)
    {
        var endpoint = account.Credentials.Endpoint.GetLeftPart(UriPartial.Authority);
        var id = await api.GetAccountIdAsync(token);
        checks.Add(id is not null
            ? Check.Ok("authentication", $"{id} at {endpoint}")
            : Check.Note("authentication", $"{endpoint} does not tell these credentials their account"));
        if (await api.GetTokenExpiryAsync(token) is { } end)
        {
            checks.Add(Expiry.Of("token", "the token", end, time.GetUtcNow()));
        }
        else
        {
            checks.Add(Check.Note("token", "the API does not tell when the token expires"));
        }

        if ((account.Credentials.Organisation ?? id) is not { } organisation)
        {
            checks.Add(Check.Failed("organisation", "none is named, and the account is not known: set organisation beside the token"));
            return;
        }

        var addons = await api.ListAddonsAsync(organisation, token);
        checks.Add(Check.Ok("organisation", $"{organisation}, {addons.Count} add-on{(addons.Count == 1 ? "" : "s")}; the API answers within its rate limit"));
    }

    private static string WayOut(CleverApiException failure) => failure.Kind switch
    {
        CleverFailureKind.Unauthorized => ": renew token and secret",
        CleverFailureKind.Forbidden => ": give the account the right, or name another organisation",
        CleverFailureKind.RateLimited => ": wait, or lower [operator] api-rate",
        _ => "",
    };
}
