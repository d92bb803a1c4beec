using System.Net;
using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Configuration;

namespace CleverRemoteOperator.Tests.Reconciling;

/// <summary>A Clever API in memory for one organisation: names are not unique, ids are, and new add-ons may be late in the list.</summary>
internal sealed partial class FakeCleverApi(Steps steps) : ICleverApi, ICleverApiFactory
{
    public const string Organisation = "orga_1";

    private static readonly CleverPlan Plan = new("plan_1", "s_mono", "S", 1, ["par"], false);
    private static readonly CleverPlan LargerPlan = new("plan_2", "m_mono", "M", 2, ["par"], false);

    public List<CleverAddon> Addons { get; } = [];

    /// <summary>Ids the list does not show yet.</summary>
    public HashSet<string> Unlisted { get; } = [];

    /// <summary>How the next create ends; null = well. The add-on exists when it says that the outcome is unknown and <see cref="LostCreateTakesEffect"/>.</summary>
    public CleverApiException? NextCreateFailure { get; set; }

    public bool LostCreateTakesEffect { get; set; } = true;

    public CleverApiException? NextListFailure { get; set; }

    public int Creates { get; private set; }

    /// <summary>Account of each token; <c>user_1</c> for any other.</summary>
    public Dictionary<string, string?> Accounts { get; } = [];

    /// <summary>Tokens the API refuses.</summary>
    public HashSet<string> Revoked { get; } = [];

    /// <summary>What else happens while an add-on is created.</summary>
    public Action WhileCreating { get; set; } = () => { };

    /// <summary>The add-on as the answer to its creation shows it.</summary>
    public Func<CleverAddon, CleverAddon> Answer { get; set; } = addon => addon;

    public string Token { get; private set; } = "";

    /// <summary>The tokens whose client was asked for, in order.</summary>
    public List<string> Tokens { get; } = [];

    public ICleverApi For(CleverCredentials credentials)
    {
        Token = credentials.Token;
        Tokens.Add(Token);
        return this;
    }

    public void Forget(string digest)
    {
        // Nothing is kept.
    }

    public Task<string?> GetAccountIdAsync(CancellationToken token) => Revoked.Contains(Token)
        ? throw new CleverApiException("revoked", HttpStatusCode.Unauthorized, "2001")
        : Task.FromResult(Accounts.GetValueOrDefault(Token, "user_1"));

    public Task<CleverCatalogue> GetProvidersAsync(string organisation, CancellationToken token) =>
        Task.FromResult(new CleverCatalogue([new("redis-addon", "Redis", ["par"], [Plan, LargerPlan]), new("config-provider", "Configuration", ["par"], [])], null));

    public Task<CleverProviderVersions?> GetVersionsAsync(string providerId, CancellationToken token) =>
        Task.FromResult<CleverProviderVersions?>(new(["7.2.4", "8.0.2"], new Dictionary<string, string>(), "7.2.4"));

    public Task<IReadOnlyList<CleverAddon>> ListAddonsAsync(string organisation, CancellationToken token) =>
        steps.RunAsync<IReadOnlyList<CleverAddon>>("list", () => NextListFailure is { } failure
            ? throw failure
            : organisation == Organisation
                ? [.. Addons.Where(addon => !Unlisted.Contains(addon.Id))]
                : throw new CleverApiException("not yours", HttpStatusCode.Forbidden, null));

    public Task<CleverAddon?> FindAddonAsync(string organisation, string addonId, CancellationToken token) => steps.RunAsync(
        "find", () => organisation == Organisation ? Addons.FirstOrDefault(addon => addon.Id == addonId) : null);

    public Task<CleverAddon> CreateAddonAsync(string organisation, CleverAddonRequest request, Func<bool> mayLeave, CancellationToken token) =>
        steps.RunAsync("create", () =>
        {
            if (!mayLeave())
            {
                throw new CleverApiException("too late", CleverFailureKind.Expired) { IsOutcomeUnknown = true };
            }

            Creates++;
            WhileCreating();
            var failure = NextCreateFailure;
            NextCreateFailure = null;
            if (failure is not null && !(failure.IsOutcomeUnknown && LostCreateTakesEffect))
            {
                throw failure;
            }

            var addon = new CleverAddon($"addon_{Creates}", $"redis_{Creates}", request.Name, request.Region, request.ProviderId, Plan);
            Addons.Add(addon);
            return failure is null ? Answer(addon) : throw failure;
        });

    /// <summary>How the next rename ends; null = well.</summary>
    public CleverApiException? NextRenameFailure { get; set; }

    public Task<CleverAddon> RenameAddonAsync(string organisation, string addonId, string name, CancellationToken token) =>
        steps.RunAsync("rename", () =>
        {
            var failure = NextRenameFailure;
            NextRenameFailure = null;
            if (failure is { IsOutcomeUnknown: false })
            {
                throw failure;
            }

            var index = Addons.FindIndex(addon => addon.Id == addonId);
            Addons[index] = Addons[index] with { Name = name };
            return failure is null ? Addons[index] : throw failure;
        });

    public Task<bool> DeleteAddonAsync(string organisation, string addonId, CancellationToken token) =>
        steps.RunAsync("delete", () => Addons.RemoveAll(addon => addon.Id == addonId) > 0);

    public Task<IReadOnlyDictionary<string, string>> GetEnvironmentAsync(string organisation, string addonId, CancellationToken token) =>
        steps.RunAsync<IReadOnlyDictionary<string, string>>("env", () => new Dictionary<string, string>
        {
            ["REDIS_URL"] = $"redis://{addonId}{(Migrations.LastOrDefault(migration => migration.Status == MigrationStatus.Done) is { } done ? "/" + done.Id : "")}{Rotated}",
            ["REDIS_VERSION"] = Versions.GetValueOrDefault(addonId, "7.2.4"),
        });

    /// <summary>What a password that was changed at Clever Cloud adds to the address.</summary>
    public string Rotated { get; set; } = "";

    public Task<IReadOnlyDictionary<string, string>> GetVariablesAsync(string realId, CancellationToken token) => throw new NotSupportedException();

    public Task SetVariablesAsync(string realId, IReadOnlyDictionary<string, string> variables, CancellationToken token) => throw new NotSupportedException();
}
