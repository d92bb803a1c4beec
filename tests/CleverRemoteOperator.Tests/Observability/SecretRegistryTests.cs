using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Observability;

namespace CleverRemoteOperator.Tests.Observability;

public sealed class SecretRegistryTests
{
    private readonly SecretRegistry _secrets = new();

    [Fact]
    public void What_the_operator_was_configured_with_is_hidden()
    {
        _secrets.Add(new CleverCredentials(ApiEndpoint.Public, "the-token", "the-secret", "the-consumer-key", "the-consumer-secret", "orga_1"));
        _secrets.Add("status-token");

        Assert.Equal("a *** b *** c *** d *** orga_1", _secrets.Redact("a the-token b the-secret c the-consumer-secret d status-token orga_1"));
    }

    [Fact]
    public void Short_and_missing_values_hide_nothing()
    {
        _secrets.Add((string?)null);
        _secrets.Add("");
        _secrets.Add("default");

        Assert.Equal("in default", _secrets.Redact("in default"));
    }
}
