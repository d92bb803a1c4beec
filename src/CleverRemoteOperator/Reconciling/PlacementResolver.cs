using System.Net;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Credentials;

namespace CleverRemoteOperator.Reconciling;

/// <summary>Decides which account serves a resource: never another than the one its add-on was created with.</summary>
internal sealed class PlacementResolver(ICredentialResolver credentials, ICleverApiFactory factory, AccountMemory memory)
{
    /// <summary>With this annotation set to <c>true</c> the owner accepts that other credentials than those at creation serve the resource.</summary>
    public const string AcceptAnnotation = "api.clever-cloud.com/accept-credentials";

    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan SecretOnItsWay = TimeSpan.FromSeconds(1);

    /// <summary>The account for a resource that is to exist.</summary>
    public async Task<Placement> ForProvisioningAsync(AddonPass pass, AddonSpec spec, CancellationToken token)
    {
        var result = await credentials.ResolveAsync(pass.Resource.Namespace, token);
        if (result.Resolved is not { } resolved)
        {
            throw new AddonProblem(ConditionType.CredentialsResolved, result.Reason, result.Message) { RetryAfter = LookAgain };
        }

        if (!IsSame(pass, spec, resolved) && !IsAccepted(pass))
        {
            throw Changed(pass, resolved, resolved.Credentials.Organisation ?? "no organisation named");
        }

        var placement = await PlaceAsync(pass, spec, resolved, token);
        if (!IsSameAccount(pass, placement) && !IsAccepted(pass))
        {
            throw Changed(pass, resolved, $"account {placement.Account}, not {pass.RecordedAccount}");
        }

        pass.Status.SetCondition(
            ConditionType.CredentialsResolved, "True", result.Reason, $"{result.Message}, organisation {placement.Organisation}");
        memory.Remember(pass.Resource.Namespace, placement);
        return placement;
    }

    /// <summary>Proves by a live look that no Secret of the namespace comes before these credentials; throws <see cref="AddonProblem"/> when one does.</summary>
    public async Task ConfirmAsync(AddonPass pass, Placement placement, CancellationToken token)
    {
        if (placement.Credentials.Source != CredentialSource.Namespace
            && await credentials.HasSecretAsync(pass.Resource.Namespace, pass.Resource.ReadAt, token))
        {
            throw new AddonProblem(
                ConditionType.CredentialsResolved, Reason.CredentialsChanged,
                $"the Secret {CredentialSecret.SecretName} of the namespace has just come: it is read before anything is created")
            { RetryAfter = SecretOnItsWay };
        }
    }

    /// <summary>The account that created the resource's add-on, even when its namespace Secret is gone by now.</summary>
    public async Task<Placement> ForDeletionAsync(AddonPass pass, AddonSpec? spec, CancellationToken token)
    {
        var now = await credentials.ResolveAsync(pass.Resource.Namespace, token);
        ResolvedCredentials?[] candidates =
        [
            now.Resolved is { } current && IsSame(pass, spec, current) ? current : null,
            credentials.Configured(pass.RecordedSource) is { } configured && IsSame(pass, spec, configured) ? configured : null,
            memory.Recall(pass.Resource.Namespace, pass.RecordedOrganisation, pass.RecordedSource, pass.RecordedAccount),
        ];
        CleverApiException? refused = null;
        foreach (var candidate in candidates.OfType<ResolvedCredentials>())
        {
            try
            {
                if (await PlaceAsync(pass, spec, candidate, token) is var placement && IsSameAccount(pass, placement))
                {
                    return placement;
                }
            }
            catch (CleverApiException failure) when (failure.Status == HttpStatusCode.Unauthorized)
            {
                // Those that served before may still be good.
                refused ??= failure;
            }
        }

        throw refused ?? (Exception)new AddonProblem(
            ConditionType.CredentialsResolved, Reason.DeletionBlocked,
            $"the add-on can only be deleted with the {pass.RecordedSource ?? "same"} credentials it was created with "
            + $"(organisation {pass.RecordedOrganisation ?? "unknown"}, account {pass.RecordedAccount ?? "unknown"}), and they are not there: {now.Message}. "
            + $"Restore them, or set the annotation {AddonDeletion.ReleaseAnnotation}=true to let the resource go and keep the add-on")
        { RetryAfter = LookAgain };
    }

    private async Task<Placement> PlaceAsync(AddonPass pass, AddonSpec? spec, ResolvedCredentials resolved, CancellationToken token)
    {
        var api = factory.For(resolved.Credentials);
        var account = await api.GetAccountIdAsync(token);
        var organisation = pass.RecordedOrganisation ?? spec?.Organisation ?? resolved.Credentials.Organisation ?? account;
        return organisation is not null
            ? new Placement(resolved, api, organisation, account)
            : throw new AddonProblem(
                ConditionType.CredentialsResolved, Reason.Forbidden,
                $"the {resolved.SourceName} credentials may not tell their account, and no organisation is named. Name one in the spec or beside the credentials")
            { RetryAfter = LookAgain };
    }

    private static AddonProblem Changed(AddonPass pass, ResolvedCredentials resolved, string now) => new(
        ConditionType.CredentialsResolved, Reason.CredentialsChanged,
        $"the add-on was created with the {pass.RecordedSource ?? "same"} credentials in organisation {pass.RecordedOrganisation ?? "unknown"}, "
        + $"but now the {resolved.SourceName} credentials ({now}) would serve it. "
        + $"Nothing is changed. Restore them, or set the annotation {AcceptAnnotation}=true")
    { RetryAfter = LookAgain };

    // An account that may not be told is not compared; neither is one nobody recorded.
    private static bool IsSameAccount(AddonPass pass, Placement placement) =>
        pass.RecordedAccount is null || placement.Account is null || pass.RecordedAccount == placement.Account;

    private static bool IsAccepted(AddonPass pass) =>
        pass.Resource.Annotations.TryGetValue(AcceptAnnotation, out var text) && text == "true";

    // The organisation is compared only where the credentials name it: a spec that names one decides by itself.
    private static bool IsSame(AddonPass pass, AddonSpec? spec, ResolvedCredentials resolved) =>
        (pass.RecordedSource is null || pass.RecordedSource == resolved.SourceName)
        && (pass.RecordedOrganisation is null || spec?.Organisation is not null
            || resolved.Credentials.Organisation is null || resolved.Credentials.Organisation == pass.RecordedOrganisation);
}
