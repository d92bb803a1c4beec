namespace CleverRemoteOperator.CleverCloud;

/// <summary>The calls of the Clever API the operator makes with one set of credentials. All throw <see cref="CleverApiException"/>.</summary>
internal partial interface ICleverApi
{
    /// <summary>The account's own id (<c>user_…</c>), asked once; null when its credentials may not tell, asked again after 10 min.</summary>
    Task<string?> GetAccountIdAsync(CancellationToken token);

    /// <summary>
    /// What the organisation is offered, its private plans and regions with it; what everybody is offered when the account may not read that.
    /// Cached for 10 min an organisation, for 64 of them, and fetched once for concurrent callers.
    /// </summary>
    Task<CleverCatalogue> GetProvidersAsync(string organisation, CancellationToken token);

    /// <summary>Versions a provider offers; null when it does not tell. Cached like the providers, null for 1 min.</summary>
    Task<CleverProviderVersions?> GetVersionsAsync(string providerId, CancellationToken token);

    /// <summary>Every add-on of the organisation, live.</summary>
    Task<IReadOnlyList<CleverAddon>> ListAddonsAsync(string organisation, CancellationToken token);

    /// <summary>The add-on with this id, live; null when the API says it does not exist (404) or the text can be no id.</summary>
    Task<CleverAddon?> FindAddonAsync(string organisation, string addonId, CancellationToken token);

    /// <summary>Creates an add-on. Never retried: after <see cref="CleverApiException.IsOutcomeUnknown"/>, and after a cancellation, it may exist.</summary>
    /// <param name="mayLeave">Asked at the very moment the request would leave; when false it does not, and its outcome counts as unknown.</param>
    Task<CleverAddon> CreateAddonAsync(string organisation, CleverAddonRequest request, Func<bool> mayLeave, CancellationToken token);

    /// <summary>Gives the add-on another display name, and nothing else; the add-on as the API shows it then. Doing it twice is as doing it once.</summary>
    Task<CleverAddon> RenameAddonAsync(string organisation, string addonId, string name, CancellationToken token);

    /// <summary>Deletes an add-on; false when it did not exist (404).</summary>
    Task<bool> DeleteAddonAsync(string organisation, string addonId, CancellationToken token);

    /// <summary>The add-on's environment: connection details.</summary>
    Task<IReadOnlyDictionary<string, string>> GetEnvironmentAsync(string organisation, string addonId, CancellationToken token);

    /// <summary>Variables of a configuration provider, by real id (<c>config_…</c>).</summary>
    Task<IReadOnlyDictionary<string, string>> GetVariablesAsync(string realId, CancellationToken token);

    /// <summary>Replaces the variables of a configuration provider, by real id (<c>config_…</c>).</summary>
    Task SetVariablesAsync(string realId, IReadOnlyDictionary<string, string> variables, CancellationToken token);
}

/// <summary>Gives each set of credentials its client; clients with equal credentials share budget, breaker and caches.</summary>
internal interface ICleverApiFactory
{
    /// <summary>The client of these credentials.</summary>
    ICleverApi For(Configuration.CleverCredentials credentials);

    /// <summary>Nobody is served with these credentials for now: whatever holds them goes. What else is known of the account, its pace above all, stays.</summary>
    /// <param name="digest">Their <see cref="Configuration.CleverCredentials.Digest"/>.</param>
    void Forget(string digest);
}
