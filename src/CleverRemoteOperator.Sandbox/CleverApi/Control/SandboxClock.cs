namespace CleverRemoteOperator.Sandbox.CleverApi.Control;

/// <summary>What time it is in the sandbox, and how long things take.</summary>
internal sealed class SandboxClock(CleverApiServerOptions options)
{
    private volatile Delays _delays = Delays.Of(options);

    public Delays Delays
    {
        get => _delays;
        set => _delays = value;
    }

    public DateTimeOffset Now => options.TimeProvider.GetUtcNow();
}
