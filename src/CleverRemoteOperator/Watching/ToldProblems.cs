using CleverRemoteOperator.Kubernetes.Objects;

namespace CleverRemoteOperator.Watching;

/// <summary>Which unreadable objects were told already: each is told once, until its problem is another one, or it was readable or gone meanwhile.</summary>
internal sealed class ToldProblems
{
    /// <summary>Objects beyond this many are not told: a server that makes them up could fill log and memory.</summary>
    public const int Most = 100;

    private readonly Dictionary<(string Namespace, string Name), (string Message, int Round)> _told = [];
    private int _round;

    /// <summary>True when the problem is worth a line.</summary>
    public bool IsNews(MalformedObjectException problem)
    {
        var key = (problem.Namespace, problem.Name);
        var isKnown = _told.TryGetValue(key, out var told);
        if (!isKnown && _told.Count >= Most)
        {
            return false;
        }

        _told[key] = (problem.Message, _round);
        return !isKnown || told.Message != problem.Message;
    }

    /// <summary>The object can be read, or is gone.</summary>
    public void Forget(string @namespace, string name) => _told.Remove((@namespace, name));

    /// <summary>A list is complete: what it did not show is gone.</summary>
    public void Listed()
    {
        foreach (var key in _told.Where(pair => pair.Value.Round < _round).Select(pair => pair.Key).ToList())
        {
            _told.Remove(key);
        }

        _round++;
    }
}
