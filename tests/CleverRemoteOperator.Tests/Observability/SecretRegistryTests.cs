using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Observability;

namespace CleverRemoteOperator.Tests.Observability;

public sealed class SecretRegistryTests
{
    private readonly SecretRegistry _secrets = new();

    [Fact]
    public void Token_and_secrets_of_credentials_are_hidden_and_the_rest_stays()
    {
        _secrets.Add(new CleverCredentials(
            new Uri("https://api.clever-cloud.com"), "the-token", "the-secret", "the-consumer-key", "the-consumer-secret", "orga_1"));

        Assert.Equal(
            "a *** b *** c *** orga_1", _secrets.Redact("a the-token b the-secret c the-consumer-secret orga_1"));
    }

    [Fact]
    public void Text_without_a_secret_is_given_back_as_it_is()
    {
        var text = "nothing to hide";
        Assert.Same(text, _secrets.Redact(text));
        _secrets.Add("something-else");
        Assert.Same(text, _secrets.Redact(text));
    }

    [Fact]
    public void A_value_is_also_hidden_as_a_URL_and_as_JSON_write_it()
    {
        _secrets.Add("pass+word/\"=");

        Assert.Equal("***", _secrets.Redact("pass+word/\"="));
        Assert.Equal("***", _secrets.Redact("pass%2Bword%2F%22%3D"));
        Assert.Equal("***", _secrets.Redact("pass+word/\\\"="));
    }

    [Fact]
    public void Of_two_values_that_begin_alike_the_longer_is_hidden_whole()
    {
        _secrets.Add("abcdefgh");
        _secrets.Add("abcdefgh-ijkl");

        Assert.Equal("*** ***", _secrets.Redact("abcdefgh-ijkl abcdefgh"));
    }

    [Fact]
    public void Short_and_absent_values_are_ignored()
    {
        _secrets.Add((string?)null);
        _secrets.Add("");
        _secrets.Add("default");

        Assert.Equal("in default", _secrets.Redact("in default"));
    }

    [Fact]
    public void The_value_not_seen_for_longest_makes_room()
    {
        _secrets.Add("operator-token");
        for (var i = 0; i < SecretRegistry.Capacity; i++)
        {
            _secrets.Add($"tenant-token-{i}");
            _secrets.Add("operator-token");
        }

        Assert.Equal("*** tenant-token-0 ***", _secrets.Redact($"operator-token tenant-token-0 tenant-token-{SecretRegistry.Capacity - 1}"));
    }
}
