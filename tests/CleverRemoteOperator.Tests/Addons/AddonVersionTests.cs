using CleverRemoteOperator.Addons;

namespace CleverRemoteOperator.Tests.Addons;

public sealed class AddonVersionTests
{
    [Theory]
    [InlineData("7.0.4", "704")]
    [InlineData("704", "7.0.4")]
    [InlineData("8.4", "84")]
    [InlineData("14", "14")]
    public void Dots_do_not_matter(string asked, string offered) => Assert.True(AddonVersion.Matches(asked, offered));

    [Theory]
    [InlineData("8", "8.4")]
    [InlineData("8.4", "8.4.8")]
    [InlineData("", "14")]
    public void A_part_of_a_version_is_another_version(string asked, string offered) => Assert.False(AddonVersion.Matches(asked, offered));

    [Fact]
    public void Chooses_what_is_offered_in_the_offer_s_own_spelling()
    {
        Assert.Equal("8.4", AddonVersion.Choose("84", ["5.7", "8.0", "8.4"]));
        Assert.Null(AddonVersion.Choose("9.1", ["5.7", "8.0", "8.4"]));
    }

    [Fact]
    public void Prefers_the_same_text_and_never_guesses_between_two()
    {
        Assert.Equal("1.12", AddonVersion.Choose("1.12", ["11.2", "1.12"]));
        Assert.Null(AddonVersion.Choose("112", ["11.2", "1.12"]));
    }
}
