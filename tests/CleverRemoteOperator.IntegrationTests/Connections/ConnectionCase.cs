using System.Text;

namespace CleverRemoteOperator.IntegrationTests.Connections;

/// <summary>One kubeconfig, what kubectl makes of it and what we do.</summary>
/// <param name="Write">Prepares the server and gives the kubeconfig's text.</param>
/// <param name="Kubectl">Whether kubectl gets an answer.</param>
/// <param name="Refusal">Null where the operator gets an answer as well, else part of what it says.</param>
internal sealed record ConnectionCase(Func<ConnectionLab, Task<string>> Write, bool Kubectl, string? Refusal)
{
    /// <summary>False for a path below which <c>--raw</c> does not ask.</summary>
    public bool IsRaw { get; init; } = true;

    /// <summary>Whether the cluster's options allow all they can.</summary>
    public bool IsAllowed { get; init; } = true;

    public Encoding Encoding { get; init; } = new UTF8Encoding(false);

    /// <summary>Both connect.</summary>
    public static ConnectionCase Taken(Func<ConnectionLab, Task<string>> write) => new(write, true, null);

    /// <summary>Neither does.</summary>
    public static ConnectionCase Neither(string refusal, Func<ConnectionLab, Task<string>> write) => new(write, false, refusal);

    /// <summary>kubectl would not, the operator does.</summary>
    public static ConnectionCase Lenient(Func<ConnectionLab, Task<string>> write) => new(write, false, null);

    /// <summary>kubectl would, the operator does not.</summary>
    public static ConnectionCase OnPurpose(string refusal, Func<ConnectionLab, Task<string>> write) => new(write, true, refusal);
}
