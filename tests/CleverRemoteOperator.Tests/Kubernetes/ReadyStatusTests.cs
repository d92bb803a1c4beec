using System.Text;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Tests.Reconciling;

namespace CleverRemoteOperator.Tests.Kubernetes;

/// <summary>Whether a resource is Ready is read of its status once, and anew of another status.</summary>
public sealed class ReadyStatusTests
{
    private const string Ready = """{"conditions":[{"type":"SecretReady","status":"False"},{"type":"Ready","status":"True"}]}""";

    [Theory]
    [InlineData(Ready, true)]
    [InlineData("""{"conditions":[{"type":"Ready","status":"False"},{"type":"AddonReady","status":"True"}],"addon":"addon_1"}""", false)]
    [InlineData("""{"conditions":[7,{"type":7,"status":"True"}]}""", false)]
    [InlineData("""{"addon":"addon_1"}""", true)]
    [InlineData("""{"addon":""}""", false)]
    [InlineData("{}", false)]
    [InlineData("", false)]
    public void A_status_says_Ready_by_its_condition_or_where_there_are_none_by_its_add_on(string status, bool isReady) =>
        Assert.Equal(isReady, Of(status).IsReady);

    [Fact]
    public void What_was_read_of_one_status_is_not_said_of_another()
    {
        var ready = Of(Ready);
        Assert.True(ready.IsReady);

        Assert.True((ready with { ResourceVersion = "2" }).IsReady);
        Assert.False((ready with { Status = default }).IsReady);
        Assert.All(ready.Smaller().Skip(1), smaller => Assert.False(smaller.IsReady));
    }

    private static AddonResource Of(string status) => ReconcilerWorld.NewResource("{}") with { Status = JsonPart.Of(Encoding.UTF8.GetBytes(status)) };
}
