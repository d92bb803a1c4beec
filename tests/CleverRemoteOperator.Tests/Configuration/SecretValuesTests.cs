using System.Text.Json;
using CleverRemoteOperator.Configuration;

namespace CleverRemoteOperator.Tests.Configuration;

public sealed class SecretValuesTests
{
    [Fact]
    public void All_secret_parts_of_credentials_are_hidden_and_the_rest_is_not()
    {
        var secrets = SecretValues.Of(new CleverCredentials(
            ApiEndpoint.Public, "the-token", "the-secret", "the-consumer-key", "the-consumer-secret", "orga_1"));

        Assert.Equal("a *** b *** c *** orga_1", secrets.Hide("a the-token b the-secret c the-consumer-secret orga_1"));
        Assert.DoesNotContain("the-", secrets.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_without_a_secret_is_returned_as_it_is()
    {
        const string text = "nothing to hide";

        Assert.Same(text, SecretValues.None.Hide(text));
        Assert.Same(text, SecretValues.Of(null, "", "something-else").Hide(text));
    }

    [Fact]
    public void A_secret_is_hidden_as_it_looks_in_a_URL_and_in_JSON_too()
    {
        const string secret = "pass+word/\"='";
        var secrets = SecretValues.Of(secret);

        Assert.Equal("***", secrets.Hide(secret));
        Assert.Equal("***", secrets.Hide(Uri.EscapeDataString(secret)));
        Assert.Equal("\"***\"", secrets.Hide(JsonSerializer.Serialize(secret)));
        Assert.Equal("***", secrets.Hide("pass+word/\\\"='"));
    }

    [Fact]
    public void Of_a_value_within_another_nothing_is_left()
    {
        Assert.Equal("*** ***", SecretValues.Of("abcdefgh", "abcdefgh-ijkl").Hide("abcdefgh-ijkl abcdefgh"));
    }
}
