using System.Net;
using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.CleverCloud.Catalogue;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Credentials;
using CleverRemoteOperator.Reconciling.Acting;
using CleverRemoteOperator.Reconciling.Deciding;
using CleverRemoteOperator.Reconciling.Observing;
using CleverRemoteOperator.Reconciling.Remembering;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NSubstitute;
using NSubstitute.ExceptionExtensions;

namespace CleverRemoteOperator.Tests.Reconciling;

/// <summary>What each act asks the Clever API for, and what it does not.</summary>
public sealed class AddonChangesTests
{
    private const string Organisation = "orga_1";
    private static readonly CleverAddon Addon = new("addon_1", "redis_1", null, "par", "redis-addon", new CleverPlan("plan_1", "s_mono", "S", 1, [], false));

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly ICleverApi _api = Substitute.For<ICleverApi>();
    private readonly ClusterMemory _memory;
    private readonly AddonChanges _changes;

    public AddonChangesTests()
    {
        _memory = new ClusterMemory(new OperatorOptions { MaxDeletions = 1 }, _ => { }, _time);
        // Neither observes nor writes anything in the acts below.
        _changes = new AddonChanges(null!, null!, _memory, new AddonInventory(_time, TimeSpan.FromMinutes(10)), _time, NullLogger<AddonChanges>.Instance);
        _api.CreateAddonAsync("", null!, null!, default).ReturnsForAnyArgs(Addon);
    }

    [Fact]
    public async Task A_creation_is_exactly_one_POST_of_what_was_resolved()
    {
        var acted = await _changes.CreateAsync(Seen, TestContext.Current.CancellationToken);

        await _api.Received(1).CreateAddonAsync(
            Organisation,
            Arg.Is<CleverAddonRequest>(request => request.Name == Seen.AddonName && request.Plan == "plan_1" && request.Region == "par" && request.Options["version"] == "7.2.4"),
            Arg.Any<Func<bool>>(), Arg.Any<CancellationToken>());
        Assert.Equal("addon_1", acted.Next!.KnownAddon);
    }

    [Fact]
    public async Task A_creation_without_a_clear_answer_is_one_POST_and_stays_open()
    {
        _api.CreateAddonAsync("", null!, null!, default).ThrowsAsyncForAnyArgs(new CleverApiException("no answer", CleverFailureKind.NoAnswer) { IsOutcomeUnknown = true });

        var acted = await _changes.CreateAsync(Seen, TestContext.Current.CancellationToken);

        await _api.ReceivedWithAnyArgs(1).CreateAddonAsync("", null!, null!, default);
        Assert.Equal(Reason.CreationUnconfirmed, acted.Next!.Failure!.Reason);
    }

    [Fact]
    public async Task A_deletion_is_one_DELETE_and_a_look_that_it_is_gone()
    {
        _api.FindAddonAsync(Organisation, "addon_1", Arg.Any<CancellationToken>()).Returns((CleverAddon?)null);

        var acted = await _changes.DeleteAsync(Leaving, TestContext.Current.CancellationToken);

        await _api.Received(1).DeleteAddonAsync(Organisation, "addon_1", Arg.Any<CancellationToken>());
        Assert.Equal(FindingState.Gone, acted.Next!.Addon!.State);
    }

    [Fact]
    public async Task Beyond_the_deletions_allowed_no_DELETE_is_sent()
    {
        Assert.True(_memory.Deletions.TryTake("default", "another", isTerminating: false, isAllowed: false));

        var acted = await _changes.DeleteAsync(Leaving, TestContext.Current.CancellationToken);

        await _api.DidNotReceiveWithAnyArgs().DeleteAddonAsync("", "", default);
        Assert.False(acted.Next!.HasRoomToDelete);
    }

    [Fact]
    public async Task A_deletion_that_is_refused_is_not_looked_after()
    {
        _api.DeleteAddonAsync("", "", default).ThrowsAsyncForAnyArgs(new CleverApiException("not yours", HttpStatusCode.Forbidden, null));

        var acted = await _changes.DeleteAsync(Leaving, TestContext.Current.CancellationToken);

        Assert.Equal(Reason.Forbidden, acted.Next!.Failure!.Reason);
        await _api.DidNotReceiveWithAnyArgs().FindAddonAsync("", "", default);
    }

    private Observation Seen
    {
        get
        {
            var credentials = new ResolvedCredentials(new CleverCredentials(new Uri("https://api.example"), "token-of-the-test", null, null, null, Organisation), CredentialSource.Namespace);
            var seen = new AnyObservation(new int[AnyObservation.Length]).Begin();
            return seen with
            {
                Account = new AccountLook(new Account(credentials, _api, Organisation, "user_1")),
                Namespace = new NamespaceLook(Steering.None, IsGoing: false),
                Catalogue = Resolution.Of("plan_1", "s_mono", "par", "7.2.4"),
                Marked = new CreationMark("m", seen.Resource.Uid, _time.GetUtcNow(), Organisation, "namespace", "user_1"),
                MarkedAt = _time.GetTimestamp(),
            };
        }
    }

    private Observation Leaving => Seen with { Addon = new Finding(FindingState.Ours, Addon) };
}
