using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Credentials;
using CleverRemoteOperator.Reconciling.Deciding;
using CleverRemoteOperator.Reconciling.Observing;
using CleverRemoteOperator.Reconciling.Remembering;

namespace CleverRemoteOperator.Tests.Reconciling;

public sealed class CredentialsChangeTests
{
    [Fact]
    public async Task A_resource_says_Ready_again_when_its_credentials_are_restored()
    {
        var world = new ReconcilerWorld();
        await world.RunUntilReadyAsync();
        var own = world.Credentials;
        world.Credentials = Namespace("another-token-of-the-test", "orga_other");
        await world.PassAsync();
        Assert.Equal(Reason.CredentialsChanged, world.Condition("Ready", "reason"));

        world.Credentials = own;
        await world.PassAsync();

        Assert.Equal("True", world.Condition("Ready"));
        Assert.Single(world.Clever.Addons);
    }

    [Fact]
    public async Task Another_account_of_the_same_organisation_is_told_and_writes_nothing_until_the_owner_accepts_it()
    {
        var world = await ReadyAsync();
        Assert.Equal("user_1", (string?)world.Resource.Status.ToObject()!["account"]);
        world.Clever.Accounts["token-of-another"] = "user_2";
        world.Credentials = Namespace("token-of-another", null);
        world.Steps.Made.Clear();

        await world.PassAsync();
        Assert.Equal(Reason.CredentialsChanged, world.Condition("Ready", "reason"));
        Assert.Contains("account user_2, not user_1", world.Condition("Ready", "message"), StringComparison.Ordinal);
        Assert.Equal(["status", "event"], world.Steps.Made);

        world.Cluster.Edit("cache", resource => resource with
        {
            Annotations = resource.Annotations.Append(KeyValuePair.Create(Steering.AcceptAnnotation, "true")).ToDictionary(),
        });
        await world.PassAsync();
        Assert.Equal("True", world.Condition("Ready"));
        Assert.Equal("user_2", (string?)world.Resource.Status.ToObject()!["account"]);
        Assert.Equal(1, world.Clever.Creates);
    }

    [Fact]
    public async Task Another_token_of_the_same_account_changes_nothing()
    {
        var world = await ReadyAsync();
        world.Credentials = Namespace("a-new-token-of-the-test", null);

        await world.PassAsync();

        Assert.Equal("True", world.Condition("Ready"));
    }

    [Fact]
    public async Task Credentials_that_may_not_tell_their_account_are_not_compared()
    {
        var world = await ReadyAsync();
        world.Clever.Accounts["a-token-with-few-rights"] = null;
        world.Credentials = Namespace("a-token-with-few-rights", FakeCleverApi.Organisation);

        await world.PassAsync();

        Assert.Equal("True", world.Condition("Ready"));
        Assert.Equal("user_1", (string?)world.Resource.Status.ToObject()!["account"]);
    }

    [Theory]
    [InlineData("another account")]
    [InlineData("a revoked token")]
    [InlineData("none")]
    public async Task A_resource_is_deleted_by_the_account_that_created_it_also_when_the_Secret_holds_something_else_by_now(string now)
    {
        var world = await ReadyAsync();
        world.Clever.Accounts["token-of-another"] = "user_2";
        world.Clever.Revoked.Add("token-that-is-revoked");
        world.Credentials = now switch
        {
            "another account" => Namespace("token-of-another", null),
            "a revoked token" => Namespace("token-that-is-revoked", null),
            _ => new CredentialResult(null, "NoCredentials", "none"),
        };
        world.Delete();

        await world.PassAsync();

        Assert.Empty(world.Clever.Addons);
        Assert.Equal("token-of-one", world.Clever.Token);
    }

    [Fact]
    public async Task Another_account_does_not_delete_after_a_restart()
    {
        var world = await ReadyAsync();
        world.Clever.Accounts["token-of-another"] = "user_2";
        world.Restart();
        world.Credentials = Namespace("token-of-another", null);
        world.Delete();

        await world.PassAsync();

        Assert.Equal(Reason.DeletionBlocked, world.Condition("Ready", "reason"));
        Assert.Contains("account user_1", world.Condition("Ready", "message"), StringComparison.Ordinal);
        Assert.Single(world.Clever.Addons);
    }

    [Fact]
    public void A_namespace_that_names_organisations_without_end_fills_no_memory()
    {
        var memory = new NamespaceMemory(TimeProvider.System);
        for (var number = 0; number < 1000; number++)
        {
            memory.Remember("a", In($"orga_{number}"));
        }

        memory.Remember("b", In("orga_0"));

        Assert.Null(memory.Recall("a", known => known.Organisation == "orga_0"));
        Assert.NotNull(memory.Recall("a", known => known.Organisation == "orga_999"));
        Assert.NotNull(memory.Recall("b", known => known.Organisation == "orga_0"));
        Assert.Equal(NamespaceMemory.MostAccounts, Enumerable.Range(0, 1000).Count(number => memory.Recall("a", known => known.Organisation == $"orga_{number}") is not null));

        memory.Forget("a");
        Assert.Null(memory.Recall("a", _ => true));
        Assert.NotNull(memory.SinceOwnCredentials("a"));
    }

    private static Account In(string organisation) => new(Namespace("token-of-one", null).Resolved!, null!, organisation, "user_1");

    private static async Task<ReconcilerWorld> ReadyAsync()
    {
        var world = new ReconcilerWorld { Credentials = Namespace("token-of-one", null) };
        world.Cluster.Edit("cache", resource => resource with { Spec = ReconcilerWorld.NewResource($$"""{"organisation":"{{FakeCleverApi.Organisation}}","plan":"s_mono","region":"par"}""").Spec });
        await world.RunUntilReadyAsync();
        return world;
    }

    private static CredentialResult Namespace(string token, string? organisation) => CredentialResult.Of(
        new CleverCredentials(new Uri("https://api.example"), token, null, null, null, organisation), CredentialSource.Namespace);
}
