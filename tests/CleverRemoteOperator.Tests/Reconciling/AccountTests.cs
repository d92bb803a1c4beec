using System.Net;
using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Credentials;
using CleverRemoteOperator.Reconciling.Deciding;
using CleverRemoteOperator.Reconciling.Observing;

namespace CleverRemoteOperator.Tests.Reconciling;

/// <summary>Which account pays: by credentials and spec alone; status, mark and annotations choose nothing.</summary>
public sealed class AccountTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_mistyped_organisation_is_corrected_by_correcting_it(bool isRestarted)
    {
        var world = new ReconcilerWorld();
        world.Cluster.Edit("cache", resource => resource with { Spec = ReconcilerWorld.NewResource("""{"organisation":"orga_typo","plan":"s_mono","region":"par"}""").Spec });
        world.Clever.NextCreateFailure = new CleverApiException("no such organisation", HttpStatusCode.Forbidden, "1");
        await world.PassAsync();
        Assert.Equal(Reason.Forbidden, world.Ready.Reason);
        if (isRestarted)
        {
            world.Restart();
        }

        world.Respec("""{"organisation":"orga_1","plan":"s_mono","region":"par"}""");
        var (_, problem, _) = await world.PassAsync();

        Assert.Null(problem);
        Assert.Equal(("True", 2), (world.Condition("Ready"), world.Clever.Creates));
    }

    [Fact]
    public async Task A_mistyped_organisation_of_a_namespace_Secret_is_corrected_the_same_way()
    {
        var world = new ReconcilerWorld { Credentials = Namespace("token-of-one", "orga_typo") };
        world.Clever.NextCreateFailure = new CleverApiException("no such organisation", HttpStatusCode.Forbidden, "1");
        await world.PassAsync();

        world.Credentials = Namespace("token-of-one", FakeCleverApi.Organisation);
        await world.PassAsync();

        Assert.Equal("True", world.Condition("Ready"));
    }

    [Fact]
    public async Task A_mark_names_no_organisation()
    {
        var world = new ReconcilerWorld();
        var mark = new CreationMark("x", world.Resource.Uid, world.Time.GetUtcNow(), "orga_evil", "operator", "user_1", IsRefused: true);
        world.Annotate("creation", mark.ToString());

        await world.RunUntilReadyAsync();

        Assert.Equal(FakeCleverApi.Organisation, (string?)world.Resource.Status.ToObject()!["organisation"]);
    }

    [Fact]
    public async Task An_add_on_does_not_move_to_another_organisation()
    {
        var world = new ReconcilerWorld();
        await world.RunUntilReadyAsync();
        world.Respec("""{"organisation":"orga_2","plan":"s_mono","region":"par"}""");

        await world.PassAsync();

        Assert.Equal((Reason.OrganisationChanged, 1), (world.Ready.Reason, world.Clever.Creates));
        Assert.Contains("Set spec.organisation to orga_1", world.Ready.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"organisation":"orga_2","plan":"s_mono","region":"par"}""")]
    [InlineData("""{"plan":"s_mono","region":"par"}""")]
    public async Task An_organisation_that_is_not_allowed_is_refused_before_any_request(string spec)
    {
        var world = new ReconcilerWorld(options: new OperatorOptions { AllowedOrganisations = ["orga_3"] });
        world.Respec(spec);

        await world.PassAsync();

        Assert.Equal(Reason.OrganisationNotAllowed, world.Ready.Reason);
        Assert.Equal(["status", "event"], world.Steps.Made);
    }

    [Fact]
    public async Task A_status_that_names_the_operator_does_not_make_it_use_its_own_credentials()
    {
        var world = new ReconcilerWorld();
        await world.RunUntilReadyAsync();
        world.Restart();
        world.Clever.Tokens.Clear();
        world.Credentials = CredentialResult.Of(Of("token-of-the-cluster", "orga_2"), CredentialSource.Cluster);
        world.Delete();

        await world.PassAsync();

        Assert.Equal(Reason.DeletionBlocked, world.Ready.Reason);
        Assert.Single(world.Clever.Addons);
        Assert.Empty(world.Clever.Tokens);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_namespaces_must_bring_their_own_credentials_nobody_else_s_serve_them(bool byNamespace)
    {
        var world = new ReconcilerWorld(options: new OperatorOptions { RequireNamespaceCredentials = !byNamespace });
        if (byNamespace)
        {
            world.Cluster.NamespaceAnnotations["api.clever-cloud.com/require-namespace-credentials"] = "true";
        }

        await world.PassAsync();
        Assert.Equal((Reason.NamespaceCredentialsRequired, 0), (world.Ready.Reason, world.Clever.Creates));

        world.Credentials = Namespace("token-of-one", FakeCleverApi.Organisation);
        await world.RunUntilReadyAsync();
        Assert.Equal(1, world.Clever.Creates);
    }

    [Fact]
    public async Task A_namespace_that_had_credentials_a_moment_ago_creates_nothing_with_others()
    {
        var world = new ReconcilerWorld();
        world.Memory.Namespaces.SawOwnCredentials("default");
        world.Time.Advance(TimeSpan.FromSeconds(20));

        var (after, _, _) = await world.PassAsync();
        Assert.Equal((Reason.CredentialsChanged, 0), (world.Ready.Reason, world.Clever.Creates));
        Assert.Equal(TimeSpan.FromSeconds(40), after);

        world.Time.Advance(TimeSpan.FromSeconds(40));
        await world.PassAsync();
        Assert.Equal(1, world.Clever.Creates);
    }

    [Fact]
    public async Task Credentials_under_a_name_nobody_reads_are_told_before_another_account_pays()
    {
        var world = new ReconcilerWorld { HasMisnamedSecret = true };

        await world.PassAsync();

        Assert.Contains(world.Cluster.Events, told => told.Reason == Reason.CredentialsIgnored && told.Message.Contains("clever-secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_resource_may_not_take_the_name_of_the_credentials_Secret()
    {
        var world = new ReconcilerWorld();
        world.Cluster.Resources["cache"] = world.Resource with { Name = CredentialSecret.SecretName };
        world.Stale = world.Resource;

        var (_, problem, _) = await world.PassAsync();

        Assert.Equal((Reason.InvalidSpec, 0), (problem, world.Clever.Creates));
    }

    [Fact]
    public async Task A_status_meant_for_a_resource_does_not_land_on_its_successor()
    {
        var world = new ReconcilerWorld();
        var successor = ReconcilerWorld.NewResource("""{"plan":"s_mono","region":"par"}""") with { Uid = "99999999-2222-4333-8444-555555555555" };
        world.Clever.WhileCreating = () =>
        {
            world.Clever.WhileCreating = () => { };
            world.Cluster.Add(successor);
        };

        await world.PassAsync();
        Assert.True(world.Resource.Status.IsMissing);

        // As the cluster's garbage collection does.
        world.Cluster.Secrets.Clear();
        world.Restart();
        await world.RunUntilReadyAsync();
        Assert.Equal("addon_2", (string?)world.Resource.Status.ToObject()!["addon"]);
        Assert.Equal("redis://addon_2", world.Cluster.Secrets["cache"].Data["REDIS_URL"]);
    }

    private static CredentialResult Namespace(string token, string organisation) => CredentialResult.Of(Of(token, organisation), CredentialSource.Namespace);

    private static CleverCredentials Of(string token, string organisation) => new(new Uri("https://api.example"), token, null, null, null, organisation);
}
