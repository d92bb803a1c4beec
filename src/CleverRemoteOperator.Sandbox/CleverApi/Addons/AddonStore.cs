using CleverRemoteOperator.Sandbox.CleverApi.Control;
using CleverRemoteOperator.Sandbox.CleverApi.Products;
using CleverRemoteOperator.Sandbox.CleverApi.State;

namespace CleverRemoteOperator.Sandbox.CleverApi.Addons;

/// <summary>The add-ons of all accounts: found, created, changed and deleted.</summary>
internal sealed class AddonStore(SandboxState state, ProductCatalogue catalogue, SandboxClock clock, Identifiers identifiers)
{
    public const string Created = "ADDON_CREATION";
    public const string Deleted = "ADDON_DELETION";
    private const string UlidRealId = "kv";

    /// <summary>Hears of every creation and deletion.</summary>
    public Action<string, Addon> Announce { get; set; } = (_, _) => { };

    /// <summary>Every add-on, oldest first.</summary>
    public IReadOnlyList<Addon> All => [.. Sorted(state.Current.Addons.Values)];

    /// <summary>What the owner's list shows: those young enough to fall under the list lag are missing.</summary>
    public IEnumerable<Addon> ListOf(string ownerId)
    {
        var (now, lag) = (clock.Now, clock.Delays.ListLag);
        return Sorted(state.Current.Addons.Values.Where(addon => addon.OwnerId == ownerId && now - addon.CreatedAt >= lag));
    }

    /// <summary>The add-on with that id or real id, whoever owns it.</summary>
    public Addon? Find(string id)
    {
        var addons = state.Current.Addons;
        return addons.GetValueOrDefault(id) ?? addons.Values.FirstOrDefault(addon => addon.RealId == id);
    }

    /// <summary>The owner's add-on with that id or real id.</summary>
    /// <exception cref="ApiError">404 when there is none, 403 when it belongs to another.</exception>
    public Addon Require(string ownerId, string id)
    {
        var addon = Find(id) ?? throw ApiError.AddonMissing;
        return addon.OwnerId == ownerId ? addon : throw ApiError.AddonOfAnother;
    }

    public Addon Create(string ownerId, AddonRequest request)
    {
        var addon = new Addon
        {
            Id = "addon_" + identifiers.Uuid(),
            RealId = request.Provider.RealIdPrefix + (request.Provider.Id == UlidRealId ? identifiers.Ulid() : identifiers.Uuid()),
            OwnerId = ownerId,
            Name = request.Name,
            ProviderId = request.Provider.Id,
            PlanId = request.Plan.Id,
            Region = request.Region,
            Version = request.Version,
            Options = request.Options,
            Seed = identifiers.Uuid(),
            CreatedAt = clock.Now,
        };
        state.Update(data => data with { Addons = data.Addons.Add(addon.Id, addon) });
        Announce(Created, addon);
        return addon;
    }

    /// <summary>Replaces the add-on by what <paramref name="change"/> makes of its newest form.</summary>
    /// <exception cref="ApiError">404 when it was deleted meanwhile.</exception>
    public Addon Change(Addon addon, Func<Addon, Addon> change)
    {
        var data = state.Update(data => data with
        {
            Addons = data.Addons.SetItem(addon.Id, change(data.Addons.GetValueOrDefault(addon.Id) ?? throw ApiError.AddonMissing)),
        });
        return data.Addons[addon.Id];
    }

    /// <exception cref="ApiError">404 when it was deleted meanwhile, 400 when it is too young for that.</exception>
    public void Delete(Addon addon)
    {
        if (clock.Now - addon.CreatedAt < clock.Delays.DeletableAfter)
        {
            throw ApiError.V2(400, SyntheticId.DeletedTooEarly, "This addon is being created and cannot be deleted yet.");
        }

        Remove(addon);
    }

    /// <summary>Deletes the add-on however young it is.</summary>
    /// <exception cref="ApiError">404 when it was deleted meanwhile.</exception>
    public void Remove(Addon addon)
    {
        state.Update(data => !data.Addons.ContainsKey(addon.Id) ? throw ApiError.AddonMissing : data with
        {
            Addons = data.Addons.Remove(addon.Id),
            Migrations = data.Migrations.RemoveRange(data.Migrations.Values.Where(migration => migration.AddonId == addon.Id).Select(migration => migration.Id)),
        });
        Announce(Deleted, addon);
    }

    public bool IsProvisioned(Addon addon) => clock.Now - addon.CreatedAt >= clock.Delays.Provisioning;

    /// <summary>The provider of the add-on, which is always in the catalogue.</summary>
    public Provider ProviderOf(Addon addon) => catalogue.SeenBy(addon.OwnerId).Find(addon.ProviderId)
        ?? throw new InvalidOperationException($"Add-on {addon.Id} has the unknown provider {addon.ProviderId}.");

    public AddonTemplate TemplateOf(Addon addon) => new(addon, ProviderOf(addon), IsProvisioned(addon));

    private static IOrderedEnumerable<Addon> Sorted(IEnumerable<Addon> addons) =>
        addons.OrderBy(addon => addon.CreatedAt).ThenBy(addon => addon.Id, StringComparer.Ordinal);
}
