using CleverRemoteOperator.Credentials;

namespace CleverRemoteOperator.Tests.Credentials;

public sealed class UsedCredentialsTests
{
    private readonly List<string> _forgotten = [];
    private readonly UsedCredentials _used;

    public UsedCredentialsTests() => _used = new UsedCredentials(_forgotten.Add);

    [Fact]
    public void What_a_namespace_is_no_longer_served_with_is_forgotten_at_once_and_all_of_it_at_its_end()
    {
        _used.Use("a", "one");
        _used.Use("a", "one");
        _used.Use("b", "other");
        Assert.Empty(_forgotten);

        _used.Use("a", "two");
        Assert.Equal(["one"], _forgotten);
        _used.Use("a", null);
        Assert.Equal(["one", "two"], _forgotten);
        _used.Forget("a");

        Assert.Equal(["one", "two", "one", "two"], _forgotten);
        Assert.Equal(1, _used.Count);
    }

    [Fact]
    public void A_cluster_takes_its_namespaces_along()
    {
        _used.Use("a", "one");
        _used.Use("b", "other");

        _used.ForgetAll();

        Assert.Equal(["one", "other"], _forgotten.Order(StringComparer.Ordinal));
        Assert.Equal(0, _used.Count);
    }

    [Fact]
    public void A_namespace_that_changes_its_credentials_all_the_time_is_remembered_in_bounds()
    {
        for (var i = 0; i < 1000; i++)
        {
            _used.Use("a", $"{i}");
        }

        _forgotten.Clear();
        _used.Forget("a");

        Assert.Equal(UsedCredentials.MostOfNamespace, _forgotten.Count);
        Assert.Contains("999", _forgotten);
    }

    [Fact]
    public void A_namespace_without_credentials_of_its_own_costs_nothing()
    {
        _used.Use("a", null);

        Assert.Equal(0, _used.Count);
    }
}
