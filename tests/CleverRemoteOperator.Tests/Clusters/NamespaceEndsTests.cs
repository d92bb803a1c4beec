using CleverRemoteOperator.Clusters;
using Microsoft.Extensions.Time.Testing;

namespace CleverRemoteOperator.Tests.Clusters;

public sealed class NamespaceEndsTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _gone = [];
    private readonly NamespaceEnds _ends;
    private string[]? _present = ["a", "a", "b"];
    private int _looks;

    public NamespaceEndsTests()
    {
        _ends = new NamespaceEnds(
            () =>
            {
                _looks++;
                return _present;
            },
            _time);
        _ends.WhenGone(_gone.Add);
    }

    public void Dispose() => _ends.Dispose();

    [Fact]
    public void A_namespace_that_lost_its_last_object_is_told_of_a_while_later()
    {
        _ends.Suspect("a");
        _ends.Suspect("c");
        _time.Advance(NamespaceEnds.Delay / 2);
        Assert.Empty(_gone);

        _time.Advance(NamespaceEnds.Delay / 2);

        Assert.Equal(["c"], _gone);
    }

    [Fact]
    public void While_it_is_not_known_what_is_there_nothing_is_gone()
    {
        _present = null;
        _ends.Suspect("c");
        _time.Advance(NamespaceEnds.Delay * 3);
        Assert.Empty(_gone);

        _present = [];
        _time.Advance(NamespaceEnds.Delay);

        Assert.Equal(["c"], _gone);
    }

    [Fact]
    public void Where_nothing_went_nobody_looks()
    {
        _time.Advance(NamespaceEnds.Delay * 10);
        Assert.Equal(0, _looks);
        _ends.Suspect("c");
        _time.Advance(NamespaceEnds.Delay * 10);

        Assert.Equal(1, _looks);
    }
}
