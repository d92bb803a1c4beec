using CleverRemoteOperator.Addons;
using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Credentials;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Queueing;
using CleverRemoteOperator.Reconciling.Acting;
using CleverRemoteOperator.Reconciling.Remembering;
using CleverRemoteOperator.Watching;

namespace CleverRemoteOperator.Reconciling.Observing;

/// <summary>Gathers what a decision depends on: what the watches and this process know at once, everything else one fact at a time.</summary>
internal sealed class Observer(
    ICluster cluster, Owner owner, Rules rules, IResourceReader resources, ICredentialResolver credentials, IFleetView fleet,
    ClusterMemory memory, AddonInventory inventory, SecretPublisher secrets, SecretTrial trial, NamespaceReader namespaceReader, DefinitionReader definitions, AccountSelection accounts, AddonSearch search, AdopteeSearch adoptees, TimeProvider time)
{
    /// <summary>What is known without a request; null when the resource is gone, or no kind of ours.</summary>
    public Observation? Begin(ReconcileKey key)
    {
        memory.Resources.Sweep(rules.ForgetAfter);
        return AddonCatalog.ByPlural(key.Type.Plural) is { } kind && resources.Find(key) is { } resource
            ? With(resource, new Observation
            {
                Key = key,
                Kind = kind,
                Resource = resource,
                Now = time.GetUtcNow(),
                Owner = owner,
                Rules = rules,
                Recorded = Recorded.Read(resource, isAttemptOpen: false),
                IsUidShared = resources.IsUidShared(resource),
                DropsConditions = memory.DroppedConditions.AreDropped(key.Type),
            })
            : null;
    }

    /// <summary>The same with a newer state of the resource.</summary>
    public Observation With(AddonResource resource, Observation seen)
    {
        var remembered = memory.Resources.Of(resource.Uid);
        var json = resource.Spec.ToObject();
        var (spec, mistakes) = AddonSpecReader.Read(seen.Kind, json);
        return seen with
        {
            Resource = resource,
            Spec = spec,
            Mistakes = mistakes,
            HasAdoption = json?["adopt"] is not null || resource.Annotations.ContainsKey(Steering.AdoptAnnotation),
            SpecPolicies = spec?.Policies ?? AddonSpecReader.ReadPolicies(json, []),
            Steering = Steering.OfResource(resource.Annotations),
            Memory = remembered,
            Recorded = Recorded.Read(resource, remembered.IsOpen),
            IsEnvironmentDue = IsEnvironmentDue(resource, remembered),
        };
    }

    /// <summary>The same with one more fact.</summary>
    public async Task<Observation> LookAsync(Observation seen, Fact fact, CancellationToken token) => fact switch
    {
        Fact.Namespace => WithNamespace(seen, await namespaceReader.ReadAsync(seen.Resource.Namespace, seen.IsLeaving ? seen.Resource.ReadAt : null, token)),
        Fact.LiveNamespace => WithNamespace(seen, await namespaceReader.ReadAsync(seen.Resource.Namespace, seen.Resource.ReadAt, token) with { IsLive = true }),
        Fact.Credentials => WithCredentials(seen, await credentials.ResolveAsync(seen.Resource.Namespace, token)),
        Fact.Account => WithAccount(seen, await accounts.SelectAsync(seen, token)),
        Fact.Listed => seen with { IsListed = await inventory.ContainsAsync(AccountOf(seen), seen.Recorded.Addon!, IsRight(seen), token) },
        Fact.NameListed => seen with { IsNameListed = await inventory.ContainsUidAsync(AccountOf(seen), seen.Resource.Uid, token) },
        Fact.UnseenCredentials => seen with
        {
            HasUnseenCredentials = await credentials.HasSecretAsync(seen.Resource.Namespace, seen.Resource.ReadAt, token),
            HasMisnamedCredentials = await credentials.HasMisnamedSecretAsync(seen.Resource.Namespace, token),
        },
        Fact.Secret => WithSecret(seen, await secrets.StateAsync(seen, token)),
        Fact.SecretTrial => seen with { SecretTrial = await trial.RunAsync(seen, token) },
        Fact.Addon => WithAddon(seen, await search.RunAsync(seen, AccountOf(seen), token)),
        Fact.Claim => seen with { Claim = fleet.MayClaim(seen.Key.Cluster, seen.Resource.Uid) },
        Fact.Adoptee => WithAdoptee(seen, await adoptees.RunAsync(seen, AccountOf(seen), token)),
        Fact.Catalogue => seen with { Catalogue = await CatalogueSearch.RunAsync(seen, AccountOf(seen), token) },
        Fact.Variables => seen with
        {
            Variables = seen.Addon is { IsNew: true } ? new Dictionary<string, string>() : await AccountOf(seen).Api.GetVariablesAsync(seen.Addon!.Addon!.RealId, token),
        },
        Fact.Environment => seen with { Environment = await AccountOf(seen).Api.GetEnvironmentAsync(AccountOf(seen).Organisation, seen.Addon?.Addon?.Id ?? seen.Recorded.Addon!, token) },
        Fact.Detail => seen with { Detail = new DetailLook(await AccountOf(seen).Api.FindDetailAsync(AccountOf(seen).Organisation, AddonOf(seen), token)) },
        Fact.Versions => seen with { Versions = new VersionLook(await AccountOf(seen).Api.CheckVersionAsync(AddonOf(seen), token)) },
        Fact.Migrations => seen with { Migrations = await AccountOf(seen).Api.ListMigrationsAsync(AccountOf(seen).Organisation, AddonOf(seen).Id, token) },
        Fact.Definition => seen with { Definition = await definitions.ReadAsync(seen.Key.Type, seen.Resource.ReadAt, token) },
        Fact.AsShown => seen with { IsAsShown = await IsAsShownAsync(seen, token) },
        _ => throw new ArgumentOutOfRangeException(nameof(fact), fact, null),
    };

    /// <summary>The pass is over: what it kept others from is free again.</summary>
    public void End(Observation seen) => secrets.Release(seen);

    private static Observation WithSecret(Observation seen, (SecretState State, string? Checksum) look) =>
        seen with { Secret = look.State, SecretChecksum = look.Checksum };

    // What a process finds at its start is spread over the first period, by the uid, so that thousands are not read at once.
    private bool IsEnvironmentDue(AddonResource resource, Remembered known)
    {
        var share = (StringComparer.Ordinal.GetHashCode(resource.Uid) & 0xFFFF) / (double)0x10000;
        return known.EnvironmentAt is { } at
            ? time.GetElapsedTime(at) >= rules.EnvironmentRefresh * (1 + (share / 10))
            : time.GetElapsedTime(memory.StartedAt) >= rules.EnvironmentRefresh * share;
    }

    private Observation WithNamespace(Observation seen, NamespaceLook look) => seen with
    {
        Namespace = look,
        HasRoomToDelete = memory.Deletions.HasRoom(seen.Resource.Namespace, seen.Resource.Uid, look.IsGoing),
        UntilRoomToDelete = memory.Deletions.UntilRoom(),
    };

    private Observation WithCredentials(Observation seen, CredentialResult result)
    {
        if (result.Reason == CredentialResult.InvalidSecret || result.Resolved?.Source == CredentialSource.Namespace)
        {
            memory.Namespaces.SawOwnCredentials(seen.Resource.Namespace);
        }

        return seen with { Credentials = result, SinceOwnCredentials = memory.Namespaces.SinceOwnCredentials(seen.Resource.Namespace) };
    }

    private Observation WithAccount(Observation seen, AccountLook look)
    {
        if (look.Account is { } account && seen.KnownAddon is { } addon)
        {
            inventory.Expect(account, seen.Resource.Uid, addon);
        }

        return seen with { Account = look };
    }

    private Observation WithAddon(Observation seen, Finding found)
    {
        var known = memory.Resources.Update(seen.Resource.Uid, before => found.State switch
        {
            FindingState.Absent => before with { Attempt = Searched(seen, before.Attempt, found) },
            FindingState.Ours => before with { Attempt = null, Addon = found.Addon!.Id },
            FindingState.Unclaimed when seen.Owner.UsesBareNames => before with { Attempt = null, Addon = found.Addon!.Id },
            _ => before,
        });
        return seen with { Memory = known, Addon = found with { MissingFor = found.State == FindingState.Absent ? MissingFor(known) : default } };
    }

    private Observation WithAdoptee(Observation seen, Adoptee found)
    {
        var known = memory.Resources.Update(
            seen.Resource.Uid, before => before with { AdopteeMissingSince = found is { Addon: null, Others: null } ? before.AdopteeMissingSince ?? time.GetTimestamp() : null });
        return seen with { Memory = known, Adoptee = found with { MissingFor = known.AdopteeMissingSince is { } since ? time.GetElapsedTime(since) : default } };
    }

    // A look in vain starts the wait of this attempt; another attempt starts it anew. Once it was seen to be open no edit of its mark closes it.
    private CreationAttempt Searched(Observation seen, CreationAttempt? attempt, Finding absent)
    {
        var mark = seen.OwnMark;
        var known = seen.Memory.Addon ?? (absent.IsHintDisproved ? null : seen.Recorded.Addon);
        var isOpen = attempt is { IsOpen: true } || mark is { IsRefused: false } && mark.Replaces == (known ?? "");
        return attempt is { MissingSince: not null } && attempt.Id == (mark?.Id ?? "")
            ? attempt with { IsOpen = isOpen }
            : new CreationAttempt(mark?.Id ?? "", time.GetTimestamp(), isOpen);
    }

    private TimeSpan MissingFor(Remembered known) =>
        known.Attempt?.MissingSince is { } since ? time.GetElapsedTime(since) : TimeSpan.Zero;

    // Named as it shall be, and where the status says it is: whatever was changed at Clever Cloud is looked at.
    private static Func<ListedAddon, bool> IsRight(Observation seen)
    {
        var right = seen.Owner.UsesBareNames ? Ownership.Unclaimed : Ownership.Ours;
        int? place = seen.Recorded is { Plan: { } plan, Region: { } region } ? ListedAddon.PlaceOf(plan, region) : null;
        return listed => seen.Owner.JudgeName(seen.Kind, seen.Resource, listed.Name) == right && (place is null || listed.Place == place);
    }

    // The watch may be behind: somebody may have let the resource go meanwhile, and a server that was restored may know of no deletion.
    private async Task<bool> IsAsShownAsync(Observation seen, CancellationToken token) =>
        await cluster.GetAsync(seen.Key.Type, seen.Key.Namespace, seen.Key.Name, token) is { DeletionTimestamp: not null } live
        && live.Uid == seen.Resource.Uid && live.Generation == seen.Resource.Generation && live.Finalizers.Contains(seen.Kind.Finalizer)
        && live.Annotations.Count == seen.Resource.Annotations.Count && !live.Annotations.Except(seen.Resource.Annotations).Any();

    private static Account AccountOf(Observation seen) => seen.Account!.Account!;

    private static CleverAddon AddonOf(Observation seen) => seen.Addon!.Addon!;
}
