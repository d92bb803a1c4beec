using CleverRemoteOperator.Addons.Secrets;

namespace CleverRemoteOperator.Tests.Addons.Secrets;

public sealed class SecretTemplateTests
{
    private static readonly Dictionary<string, string> Entries = new() { ["USER"] = "u", ["PASSWORD"] = "p@/ü %", ["a.b-c_D"] = "x" };

    [Theory]
    [InlineData("USER", "u")]
    [InlineData("a.b-c_D", "x")]
    [InlineData("$(USER)", "u")]
    [InlineData("pg://$(USER):$(PASSWORD|uri)@h/", "pg://u:p%40%2F%C3%BC%20%25@h/")]
    [InlineData("$(PASSWORD)", "p@/ü %")]
    [InlineData("$$(USER)=$(USER)$$", "$(USER)=u$")]
    [InlineData("line\n$(USER)\n", "line\nu\n")]
    public void A_name_is_an_entry_and_a_text_has_entries_in_it(string text, string expected)
    {
        var (template, mistake) = SecretTemplate.Parse(text);

        Assert.Null(mistake);
        Assert.Equal(expected, template!.Render(Entries));
    }

    [Theory]
    [InlineData("", "names no entry")]
    [InlineData("a literal text", "names no entry")]
    [InlineData("$$", "names no entry")]
    [InlineData("pg://$USER", "has a $ at character 6 that begins neither $(NAME) nor $(NAME|uri) nor $$")]
    [InlineData("$(USER", "has a $ at character 1 that ")]
    [InlineData("$(USER|url)", "has a $ at character 1 that ")]
    [InlineData("$()$(USER)", "has a $ at character 1 that ")]
    [InlineData("$(USER)$", "has a $ at character 8 that ")]
    [InlineData("$( USER )", "has a $ at character 1 that ")]
    public void What_is_neither_is_a_mistake_that_does_not_show_the_text(string text, string expected)
    {
        var (template, mistake) = SecretTemplate.Parse(text);

        Assert.Null(template);
        Assert.StartsWith(expected, mistake);
        Assert.DoesNotContain("literal", mistake);
    }

    [Fact]
    public void One_may_have_4096_characters()
    {
        Assert.Null(SecretTemplate.Parse("$(A)" + new string('x', 4092)).Mistake);
        Assert.Equal("has 4097 characters", SecretTemplate.Parse("$(A)" + new string('x', 4093)).Mistake);
    }

    [Fact]
    public void It_tells_the_entries_it_is_made_of_once_each() =>
        Assert.Equal(["A", "B"], SecretTemplate.Parse("$(A)$(B|uri)$(A|uri)").Template!.Entries);
}
