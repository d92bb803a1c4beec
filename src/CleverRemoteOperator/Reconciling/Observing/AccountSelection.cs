using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Credentials;
using CleverRemoteOperator.Reconciling.Deciding;
using CleverRemoteOperator.Reconciling.Remembering;

namespace CleverRemoteOperator.Reconciling.Observing;

/// <summary>Which account serves a resource: that of the credentials there are now, or on its way out one that served it before.</summary>
internal sealed class AccountSelection(ICleverApiFactory factory, NamespaceMemory memory)
{
    public async Task<AccountLook> SelectAsync(Observation seen, CancellationToken token)
    {
        if (seen.IsLeaving)
        {
            return await ForDeletionAsync(seen, token);
        }

        var look = await OfAsync(seen, seen.Credentials!.Resolved!, token);
        if (look.Account is { } account && seen.Recorded.IsSourceOf(account.Credentials))
        {
            memory.Remember(seen.Resource.Namespace, account);
        }

        return look;
    }

    // The Secret with the namespace's credentials may have gone first; what served before is then remembered here, and nowhere else.
    private async Task<AccountLook> ForDeletionAsync(Observation seen, CancellationToken token)
    {
        var current = seen.Credentials!.Resolved is { } now && (seen.Recorded.IsSourceOf(now) || seen.Steering.AcceptsCredentials) ? now : null;
        CleverApiException? refused = null;
        if (current is not null)
        {
            try
            {
                var look = await OfAsync(seen, current, token);
                if (look.Account is null || Fits(seen, look.Account))
                {
                    return look;
                }
            }
            catch (CleverApiException failure) when (failure.Kind == CleverFailureKind.Unauthorized)
            {
                // Those that served before may still be good.
                refused = failure;
            }
        }

        var before = memory.Recall(
            seen.Resource.Namespace, known => seen.Recorded.IsSourceOf(known.Credentials) && Fits(seen, known) && known.Credentials != current);
        return before is not null ? new AccountLook(before with { Api = factory.For(before.Credentials.Credentials) })
            : new AccountLook(null, refused is not null ? Problem.From(refused, Reason.DeletionBlocked) : LeavingProblems.NoAccount(seen, seen.Credentials.Message));
    }

    private static bool Fits(Observation seen, Account account) =>
        seen.Steering.AcceptsCredentials || (seen.Recorded.IsAccount(account.Id) && seen.Recorded.IsIn(account.Organisation));

    private async Task<AccountLook> OfAsync(Observation seen, ResolvedCredentials resolved, CancellationToken token)
    {
        var api = factory.For(resolved.Credentials);
        var id = await api.GetAccountIdAsync(token);
        var organisation = seen.Spec?.Organisation ?? resolved.Credentials.Organisation ?? id;
        return organisation is not null
            ? new AccountLook(new Account(resolved, api, organisation, id))
            : new AccountLook(null, new Problem(
                ConditionType.CredentialsResolved, Reason.Forbidden,
                $"the {resolved.SourceName} credentials may not tell their account, and no organisation is named. Name one in the spec or beside the credentials")
            { RetryAfter = TimeSpan.FromMinutes(5) });
    }
}
