using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Credentials;
using CleverRemoteOperator.Reconciling;

namespace CleverRemoteOperator.Tests.Reconciling;

public sealed class CredentialsChangeTests
{
    [Fact]
    public async Task A_resource_says_Ready_again_when_its_credentials_are_restored()
    {
        var world = new ReconcilerWorld();
        await world.RunUntilReadyAsync();
        var own = world.Credentials;
        world.Credentials = CredentialResult.Of(
            new CleverCredentials(new Uri("https://api.example"), "another-token-of-the-test", null, null, null, "orga_other"), CredentialSource.Namespace);
        await world.PassAsync();
        Assert.Equal(Reason.CredentialsChanged, world.Condition("Ready", "reason"));

        world.Credentials = own;
        await world.PassAsync();

        Assert.Equal("True", world.Condition("Ready"));
        Assert.Single(world.Clever.Addons);
    }
}
