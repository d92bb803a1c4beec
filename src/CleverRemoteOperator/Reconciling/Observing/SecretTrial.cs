using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Reconciling.Acting;
using CleverRemoteOperator.Reconciling.Deciding;
using CleverRemoteOperator.Reconciling.Remembering;

namespace CleverRemoteOperator.Reconciling.Observing;

/// <summary>
/// Whether a namespace takes connection Secrets, asked by a dry run before an add-on is paid for whose Secret nobody could read: a
/// quota, a policy or a missing right may be in the way. What one resource found holds for its namespace, for 10 min.
/// </summary>
internal sealed class SecretTrial(ICluster cluster, NamespaceMemory memory, TimeProvider time)
{
    private static readonly TimeSpan Holds = TimeSpan.FromMinutes(10);

    public async Task<SecretTrialResult> RunAsync(Observation seen, CancellationToken token)
    {
        if (seen.SecretName is not { } name)
        {
            return new SecretTrialResult(null);
        }

        using var turn = await memory.TakeTurnAsync(seen.Resource.Namespace, token);
        if (turn.SecretTakenAt is { } at && time.GetElapsedTime(at) < Holds)
        {
            return new SecretTrialResult(null);
        }

        try
        {
            var secret = ConnectionSecret.Render(seen.Resource, name, new Dictionary<string, string>(), existing: null, onlyNew: true);
            await cluster.DryRunSecretAsync(seen.Resource.Namespace, name, secret, token);
        }
        catch (KubernetesApiException failure) when (failure.IsConflict || failure.IsDryRunUnsupported)
        {
            // It is there already, or nobody can tell.
        }
        catch (KubernetesApiException failure) when (failure.IsRefused)
        {
            var problem = Problem.From(failure, seen.Key.Type.ToString());
            return new SecretTrialResult(problem with { Message = $"no add-on is created, as the cluster would not take its connection Secret: {problem.Message}" });
        }

        turn.SecretTakenAt = time.GetTimestamp();
        return new SecretTrialResult(null);
    }
}
