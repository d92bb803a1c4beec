using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Reconciling;
using CleverRemoteOperator.Reconciling.Deciding;
using CleverRemoteOperator.Reconciling.Observing;
using CsCheck;

namespace CleverRemoteOperator.Tests.Reconciling;

/// <summary>What holds of every decision, whatever was observed.</summary>
public sealed class DecidePropertyTests
{
    private static readonly Gen<int[]> Numbers = Gen.Int.Array[AnyObservation.Length];

    [Fact]
    public void Every_story_ends_and_no_step_of_it_creates_deletes_or_writes_what_it_must_not() => Numbers.Sample(
        numbers =>
        {
            var any = new AnyObservation(numbers);
            var seen = any.Begin();
            for (var step = 0; seen is not null; step++)
            {
                Assert.True(step < 30, "no end");
                var decision = Decide.Next(seen);
                Check(seen, decision);
                seen = decision is Decision.Look look ? Looked(any, seen, look.Fact) : any.Act(seen, decision);
            }
        },
        iter: 50_000);

    [Fact]
    public void Every_sort_of_decision_is_reached()
    {
        // Variables are written, and versions updated, for kinds only that the observations here are not of.
        var all = typeof(Decision).GetNestedTypes(System.Reflection.BindingFlags.NonPublic).Where(type => type.IsSubclassOf(typeof(Decision))).Select(type => type.Name)
            .Except([nameof(Decision.Change), nameof(Decision.Update)]).Order().ToList();
        var reached = new HashSet<string>();
        for (var round = 0; round < 20 && reached.Count < all.Count; round++)
        {
            Numbers.Sample(numbers => Reach(numbers, reached), iter: 20_000);
        }

        Assert.Equal(all, reached.Order());
    }

    private static void Reach(IReadOnlyList<int> numbers, HashSet<string> reached)
    {
        var any = new AnyObservation(numbers);
        for (var seen = any.Begin(); seen is not null;)
        {
            var decision = Decide.Next(seen);
            lock (reached)
            {
                reached.Add(decision.GetType().Name);
            }

            seen = decision is Decision.Look look ? any.Look(seen, look.Fact) : any.Act(seen, decision);
        }
    }

    // A fact is asked for once, or a pass would go round in circles.
    private static Observation Looked(AnyObservation any, Observation seen, Fact fact)
    {
        var looked = any.Look(seen, fact);
        Assert.NotEqual(new Decision.Look(fact), Decide.Next(looked));
        return looked;
    }

    private static void Check(Observation seen, Decision decision)
    {
        if (decision is not (Decision.Look or Decision.Ignore or Decision.InOrder or Decision.Wait or Decision.Report or Decision.Record or Decision.Preview))
        {
            Assert.False(seen.IsPaused || seen.Steering.IsDryRun);
        }

        if (decision is Decision.Mark or Decision.Remark or Decision.Create or Decision.Claim or Decision.Adopt or Decision.Delete or Decision.Migrate or Decision.Abort)
        {
            Assert.NotEqual(ManagementPolicy.ObserveOnly, seen.Policies.Management);
        }

        switch (decision)
        {
            case Decision.Mark:
                RequireServed(seen);
                Assert.False(seen.IsLeaving);
                RequireNoAddon(seen);
                break;
            case Decision.Unmark:
                Assert.True(seen.Marked is not null && seen.UsesOthersCredentials && seen.HasUnseenCredentials == true);
                break;
            case Decision.Create:
                Assert.NotNull(seen.Marked);
                Assert.True(seen.Adoption is null or { MayCreate: true } || seen.Steering.Recreate is not null || seen.Memory.IsOpen);
                Assert.True(!seen.UsesOthersCredentials || seen.HasUnseenCredentials == false);
                Assert.True(seen.Addon is null or { State: FindingState.Absent });
                break;
            case Decision.Delete:
                RequireServed(seen);
                Assert.True(seen.IsLeaving && seen.HasFinalizer && seen.IsAsShown == true);
                RequireOurs(seen, seen.Addon!.State);
                Assert.True(seen.AllowsDeletions || (seen.Definition == DefinitionState.InOrder && seen.HasRoomToDelete));
                Assert.Equal(DeletionPolicy.Delete, seen.Policies.Deletion);
                Assert.False(seen.Steering.Releases || seen.Policies.Protection == true);
                Assert.Null(seen.Namespace!.Problem);
                Assert.Null(seen.Steering.HandsOverTo);
                break;
            case Decision.Claim:
                RequireServed(seen);
                Assert.True(seen.Addon!.State is FindingState.Ours or FindingState.Former || seen.Claim?.Right == ClaimRight.Yes);
                break;
            case Decision.Adopt adopt:
                RequireServed(seen);
                RequireMayAdopt(seen, seen.Adoptee!);
                Assert.Equal("redis-addon", adopt.Addon.ProviderId);
                break;
            case Decision.Migrate:
                RequireServed(seen);
                RequireOurs(seen, seen.Addon!.State);
                Assert.DoesNotContain(seen.Migrations!, migration => !migration.IsOver);
                Assert.True(!Differences.AreDrift(seen) || seen.Policies.Drift == DriftPolicy.Correct || seen.Steering.ConfirmMigration == seen.Addon.Addon!.Id);
                Assert.False(seen.IsAdopted && seen.Applied is null && seen.Steering.ConfirmMigration != seen.Addon.Addon!.Id);
                Assert.True(seen.Namespace is { IsLive: true });
                Assert.False(seen.IsLeaving || seen.Migration is { HasFailed: true } last && last.Target == Differences.Target(seen) && seen.Steering.RetryMigration != last.Name);
                break;
            case Decision.Abort abort:
                RequireOurs(seen, seen.Addon!.State);
                Assert.Equal(seen.Migration!.Id, abort.Migration.Id);
                Assert.Contains(seen.Migrations!, migration => migration.Id == abort.Migration.Id && !migration.IsOver);
                break;
            case Decision.Hold when seen.Adoptee is { } adoptee:
                RequireServed(seen);
                RequireMayAdopt(seen, adoptee);
                break;
            case Decision.Publish or Decision.Hold or Decision.Change or Decision.Record or Decision.Update:
                RequireServed(seen);
                RequireOurs(seen, seen.Addon!.State);
                break;
            case Decision.LetGo { KeepsSecret: false } when seen.KnownAddon is not null && !seen.Steering.Releases && !seen.Policies.KeepsAddon:
                Assert.True(seen.Addon is { State: FindingState.Gone or FindingState.Absent or FindingState.HandedOver or FindingState.OtherCluster or FindingState.Unclaimed, IsDoubted: false });
                break;
        }
    }

    private static void RequireMayAdopt(Observation seen, Adoptee adoptee)
    {
        Assert.False(seen.IsLeaving);
        Assert.True(!seen.UsesOthersCredentials || seen.HasUnseenCredentials == false);
        var isTrusted = !seen.UsesOthersCredentials || seen.Rules.AllowAdoption.Contains("default");
        switch (adoptee.Holder)
        {
            case { State: HolderState.Living } living:
                Assert.Contains(living.HandsOverTo, living.Place?.Namespace == "default" ? ["paris", "paris/default"] : new[] { "paris/default" });
                break;
            case { State: HolderState.Unseen } unseen:
                Assert.Equal((unseen.Uid, true), (seen.Steering.AdoptUnseen, isTrusted));
                break;
            case { State: HolderState.Gone } gone:
                Assert.True(isTrusted || (gone.Cluster == "paris" && gone.Place?.Namespace == "default"));
                break;
            default:
                Assert.True(isTrusted);
                break;
        }
    }

    private static void RequireServed(Observation seen)
    {
        Assert.False(seen.IsUidShared || seen.Resource.IsTooLarge);
        Assert.Empty(seen.Steering.Mistakes);
        Assert.True(seen.Rules.Allows(seen.Account!.Account!.Organisation));
    }

    private static void RequireNoAddon(Observation seen)
    {
        if (seen.Addon is null)
        {
            Assert.False(seen.HasFinalizer || seen.Memory.IsOpen || seen.KnownAddon is not null || seen.OwnMark is not null || seen.Resource.Generation > 1);
            return;
        }

        Assert.Equal(FindingState.Absent, seen.Addon.State);
        if (seen.KnownAddon is { } known && seen.Steering.Recreate != known)
        {
            Assert.True(seen.Policies.OnMissing == OnMissing.Recreate && !seen.Addon.IsDoubted && seen.Addon.MissingFor >= seen.Rules.CreationWindow);
        }

        if (seen.Memory.IsOpen || (seen.OwnMark is { IsRefused: false } mark && mark.Replaces == (seen.KnownAddon ?? "")))
        {
            Assert.True(seen.Addon.MissingFor >= seen.Rules.CreationWindow);
        }
    }

    private static void RequireOurs(Observation seen, FindingState state) => Assert.True(
        state is FindingState.Ours or FindingState.Former
        || (state == FindingState.Unclaimed
            && (seen.Claim?.Right == ClaimRight.Yes || (seen.Owner.UsesBareNames && seen.Claim?.Right == ClaimRight.Wait) || seen.Addon!.IsNew)));
}
