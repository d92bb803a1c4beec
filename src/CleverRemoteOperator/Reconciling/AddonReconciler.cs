using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Kubernetes;
using CleverRemoteOperator.Queueing;
using CleverRemoteOperator.Reconciling.Acting;
using CleverRemoteOperator.Reconciling.Deciding;
using CleverRemoteOperator.Reconciling.Observing;

namespace CleverRemoteOperator.Reconciling;

/// <summary>The story of one resource: observe, decide, act, until a decision ends the pass.</summary>
/// <param name="forget">Told of the uid of each resource that is gone.</param>
internal sealed class AddonReconciler(Observer observer, AddonActor actor, Action<string> forget) : IReconciler
{
    // Far more than the longest story has; a circle of decisions must not hold a worker.
    private const int MostSteps = 40;

    // Who mends a policy, a quota or a role wants to see it work.
    private static readonly TimeSpan RefusedAgain = TimeSpan.FromSeconds(10);

    public async Task<ReconcileResult> ReconcileAsync(ReconcileKey key, CancellationToken token)
    {
        if (observer.Begin(key) is not { } seen)
        {
            return ReconcileResult.Done;
        }

        try
        {
            for (var step = 0; step < MostSteps; step++)
            {
                var decision = Decide.Next(seen);
                if (decision is Decision.Look look)
                {
                    seen = await observer.LookAsync(seen, look.Fact, token);
                    continue;
                }

                var acted = await actor.DoAsync(seen, decision, token);
                if (acted.Result is { } result)
                {
                    return result;
                }

                seen = acted.Next!;
            }

            throw new InvalidOperationException($"no end after {MostSteps} steps; last decision {Decide.Next(seen).GetType().Name}");
        }
        catch (CleverApiException failure)
        {
            return await TellAsync(seen, Problem.From(failure, seen.IsLeaving ? Reason.DeletionBlocked : Reason.CleverApiUnavailable), token);
        }
        catch (KubernetesApiException failure) when (failure.IsConflict)
        {
            return ReconcileResult.Conflict;
        }
        catch (KubernetesApiException failure) when (failure.IsRefused)
        {
            var reason = failure.IsMissingRight ? Reason.MissingRights : Reason.AdmissionDenied;
            return await TellAsync(seen, new Problem(ConditionType.Ready, reason, failure.Message) { RetryAfter = RefusedAgain, IsNamespaceGoing = failure.IsNamespaceGoing }, token);
        }
        catch (KubernetesApiException failure) when (failure.IsNotFound && observer.Begin(key)?.Resource.Uid != seen.Resource.Uid)
        {
            return ReconcileResult.Done;
        }
        finally
        {
            observer.End(seen);
        }
    }

    public void Forget(string uid) => forget(uid);

    private async Task<ReconcileResult> TellAsync(Observation seen, Problem problem, CancellationToken token) =>
        (await actor.TellAsync(seen, problem, token)).Result!.Value;
}
