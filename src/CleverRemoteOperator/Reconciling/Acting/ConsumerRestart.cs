using System.Net;
using CleverRemoteOperator.Addons.Secrets;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Objects;

namespace CleverRemoteOperator.Reconciling.Acting;

/// <summary>
/// Restarts what reads a Secret, by one patch each of its pod template. What bears the checksum already was restarted by a pass that
/// did not come to its end.
/// </summary>
internal sealed class ConsumerRestart(ICluster cluster)
{
    /// <summary>Restarts them, and goes on where one may not be.</summary>
    /// <exception cref="KubernetesApiException">The server did not answer; nothing is lost by trying again.</exception>
    public async Task<RestartResult> RunAsync(string @namespace, string secret, SecretConsumers consumers, string checksum, CancellationToken token)
    {
        List<string> restarted = [], refused = [];
        var targets = consumers.Named.Count > 0
            ? await NamedAsync(@namespace, consumers.Named, refused, token)
            : await ReadersAsync(@namespace, secret, refused, token);
        foreach (var (type, workload) in targets.Where(target => target.Workload.Checksum != checksum))
        {
            await TryAsync(refused, async () =>
            {
                await cluster.RestartWorkloadAsync(type, @namespace, workload, checksum, token);
                restarted.Add($"{type.Kind}/{workload.Name}");
            });
        }

        return new(restarted, refused);
    }

    private async Task<List<(ApiResource Type, Workload Workload)>> ReadersAsync(string @namespace, string secret, List<string> refused, CancellationToken token)
    {
        List<(ApiResource, Workload)> found = [];
        foreach (var type in Enum.GetValues<ConsumerKind>().Select(TypeOf))
        {
            await TryAsync(refused, async () =>
                found.AddRange((await cluster.ListWorkloadsAsync(type, @namespace, token)).Where(workload => workload.Secrets.Contains(secret)).Select(workload => (type, workload))));
        }

        return found;
    }

    private async Task<List<(ApiResource Type, Workload Workload)>> NamedAsync(
        string @namespace, IReadOnlyList<NamedConsumer> named, List<string> refused, CancellationToken token)
    {
        List<(ApiResource, Workload)> found = [];
        foreach (var consumer in named)
        {
            await TryAsync(refused, async () =>
            {
                if (await cluster.GetWorkloadAsync(TypeOf(consumer.Kind), @namespace, consumer.Name, token) is { } workload)
                {
                    found.Add((TypeOf(consumer.Kind), workload));
                }
                else
                {
                    refused.Add($"there is no {consumer.Kind} {consumer.Name}");
                }
            });
        }

        return found;
    }

    // What a person has to mend is told, and keeps nothing else from being done.
    private static async Task TryAsync(List<string> refused, Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (KubernetesApiException failure) when (IsForPeople(failure))
        {
            refused.Add(failure.Message);
        }
    }

    private static bool IsForPeople(KubernetesApiException failure) => failure.Reason == FailureReason.TooLarge
        || failure.Status is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError
            and not (HttpStatusCode.Unauthorized or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests);

    private static ApiResource TypeOf(ConsumerKind kind) => kind switch
    {
        ConsumerKind.Deployment => ApiResource.Deployments,
        ConsumerKind.StatefulSet => ApiResource.StatefulSets,
        _ => ApiResource.DaemonSets,
    };
}

/// <summary>What came of it.</summary>
/// <param name="Restarted">What was restarted: <c>Deployment/shop</c>.</param>
/// <param name="Refused">Why something was not.</param>
internal sealed record RestartResult(IReadOnlyList<string> Restarted, IReadOnlyList<string> Refused);
