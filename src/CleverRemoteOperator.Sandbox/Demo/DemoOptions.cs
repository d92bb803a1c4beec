using CleverRemoteOperator.Sandbox.CleverApi.Control;

namespace CleverRemoteOperator.Sandbox.Demo;

/// <summary>How the demo runs.</summary>
internal sealed record DemoOptions
{
    /// <summary>Ports asked for first; one that is taken gives way to a free one.</summary>
    public const int ParisPort = 16443;
    public const int MontrealPort = 26443;
    public const int CleverApiPort = 18080;

    /// <summary>Whether it ends as soon as all is Ready, or is not in time. Default no: it serves until a signal.</summary>
    public bool Once { get; init; }

    /// <summary>How long all may take to become Ready. Default 60 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>What is to go wrong at the Clever API from the start. Default nothing.</summary>
    public IReadOnlyList<FaultRule> Faults { get; init; } = [];

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
