using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Watching;

namespace CleverRemoteOperator.Tests.Watching;

public sealed class ToldProblemsTests
{
    private readonly ToldProblems _told = new();

    [Fact]
    public void A_problem_is_news_once_and_again_when_it_changed_or_was_gone_meanwhile()
    {
        Assert.True(_told.IsNews(Problem("a", "its spec is text")));
        Assert.False(_told.IsNews(Problem("a", "its spec is text")));
        Assert.True(_told.IsNews(Problem("b", "its spec is text")));
        Assert.True(_told.IsNews(Problem("a", "its status is text")));

        _told.Forget("team-a", "a");
        Assert.True(_told.IsNews(Problem("a", "its status is text")));
    }

    [Fact]
    public void What_a_list_shows_again_is_no_news_and_what_it_does_not_show_is_gone()
    {
        _told.IsNews(Problem("stays", "bad"));
        _told.IsNews(Problem("goes", "bad"));
        _told.Listed();
        Assert.False(_told.IsNews(Problem("stays", "bad")));
        _told.Listed();

        Assert.False(_told.IsNews(Problem("stays", "bad")));
        Assert.True(_told.IsNews(Problem("goes", "bad")));
    }

    [Fact]
    public void A_server_that_makes_up_objects_is_told_of_only_so_often()
    {
        Assert.Equal(ToldProblems.Most, Enumerable.Range(0, 5000).Count(number => _told.IsNews(Problem($"x-{number}", "bad"))));
    }

    private static MalformedObjectException Problem(string name, string message) => new(message, "team-a", name);
}
