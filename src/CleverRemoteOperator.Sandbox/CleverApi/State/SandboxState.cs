namespace CleverRemoteOperator.Sandbox.CleverApi.State;

/// <summary>The current state: read without a lock, changed one at a time, saved before a change is visible.</summary>
internal sealed class SandboxState(StateFile? file, TimeProvider timeProvider)
{
    private readonly Lock _lock = new();
    private volatile StateData _data = file?.Read() ?? StateData.Empty;

    /// <summary>The state at this moment: due migrations are done.</summary>
    public StateData Current
    {
        get
        {
            var now = timeProvider.GetUtcNow();
            return _data.Migrations.Values.Any(migration => migration.IsDue(now)) ? Update(data => data) : _data;
        }
    }

    /// <summary>Replaces the state by what <paramref name="change"/> makes of it; an exception leaves it as it was.</summary>
    public StateData Update(Func<StateData, StateData> change)
    {
        lock (_lock)
        {
            var changed = change(_data.Settled(timeProvider.GetUtcNow()));
            if (!ReferenceEquals(changed, _data))
            {
                file?.Write(changed);
                _data = changed;
            }

            return changed;
        }
    }
}
