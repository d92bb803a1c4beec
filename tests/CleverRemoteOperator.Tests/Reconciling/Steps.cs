namespace CleverRemoteOperator.Tests.Reconciling;

/// <summary>
/// Every call a reconcile makes, in order. Before or after any of them the process can be made to die:
/// the call throws, and so does every later one, until <see cref="Restart"/>.
/// </summary>
internal sealed class Steps
{
    private bool _dead;

    public List<string> Made { get; } = [];

    /// <summary>What the call of that name fails with instead of taking effect; null = nothing.</summary>
    public Func<string, Exception?> Failure { get; set; } = _ => null;

    /// <summary>At which call from the last restart on to die; -1 = never.</summary>
    public int DieAt { get; set; } = -1;

    /// <summary>Whether the call that kills takes effect.</summary>
    public bool DiesAfterEffect { get; set; }

    private int Count { get; set; }

    public void Restart()
    {
        _dead = false;
        Count = 0;
        DieAt = -1;
    }

    public async Task<T> RunAsync<T>(string name, Func<T> effect)
    {
        await Task.Yield();
        if (_dead)
        {
            throw new ProcessDiedException();
        }

        Made.Add(name);
        if (Count++ != DieAt)
        {
            return Failure(name) is { } failure ? throw failure : effect();
        }

        _dead = true;
        if (DiesAfterEffect)
        {
            effect();
        }

        throw new ProcessDiedException();
    }
}

/// <summary>Stands for kill -9: nothing after it runs.</summary>
internal sealed class ProcessDiedException : Exception;
