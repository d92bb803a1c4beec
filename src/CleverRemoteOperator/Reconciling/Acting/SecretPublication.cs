using CleverRemoteOperator.Addons.Secrets;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Reconciling.Deciding;
using CleverRemoteOperator.Reconciling.Observing;

namespace CleverRemoteOperator.Reconciling.Acting;

/// <summary>Makes of an add-on's environment the connection Secret that the spec wants, and removes the one it wants no more.</summary>
internal sealed class SecretPublication(SecretPublisher secrets, EventWriter events)
{
    /// <summary>Writes the Secret first and then removes the former one, so that there is one at any time.</summary>
    public async Task<Publication> RunAsync(Observation seen, IReadOnlyDictionary<string, string> environment, CancellationToken token)
    {
        if (seen.SecretName is not { } name)
        {
            await RemoveFormerAsync(seen, token);
            return new(SecretState.Unwanted);
        }

        var shape = seen.Spec!.Secret;
        var content = SecretContent.Of(seen.Kind, shape, environment);
        if (content.Mistakes.Count > 0)
        {
            return new(seen.Secret, ConnectionSecret.Invalid($"{string.Join("; ", content.Mistakes.Take(10))}. The Secret {name} is not written until that is corrected"));
        }

        if (ConnectionSecret.Check(name, content.Entries) is { } invalid)
        {
            return new(seen.Secret, invalid);
        }

        try
        {
            var state = await secrets.PublishAsync(seen.Resource, name, content.Entries, shape, token);
            if (state != SecretState.Published)
            {
                return new(state);
            }

            await RemoveFormerAsync(seen, token);
            return new(state) { RestartedFor = await RestartAsync(seen, name, shape.Restart, ConnectionSecret.Checksum(content.Entries), token) };
        }
        catch (KubernetesApiException failure) when (failure.IsInvalid && !failure.IsAdmission)
        {
            // Somebody made it immutable, for instance: no retry helps before that is undone.
            return new(seen.Secret, ConnectionSecret.Invalid($"the cluster refuses the Secret {name}: {failure.Message}"));
        }
    }

    // The status says for which content all were restarted, or what they began with: so neither a creation nor a crash in between leads
    // to a restart too many or too few.
    private async Task<string?> RestartAsync(Observation seen, string name, SecretConsumers? consumers, string checksum, CancellationToken token)
    {
        if (consumers is null)
        {
            return null;
        }

        if ((seen.Recorded.RestartedFor ?? seen.SecretChecksum) is not { } before || before == checksum)
        {
            return checksum;
        }

        var (restarted, refused) = await secrets.Consumers.RunAsync(seen.Resource.Namespace, name, consumers, checksum, token);
        if (restarted.Count > 0)
        {
            await events.WriteAsync(seen, "Normal", Reason.Restarted, $"the Secret {name} has changed: restarted {string.Join(", ", restarted)}", token);
        }

        if (refused.Count > 0)
        {
            await events.WriteAsync(
                seen, "Warning", Reason.RestartFailed,
                $"the Secret {name} has changed, and not all that reads it could be restarted. Restart the rest by hand. {string.Join("; ", refused)}", token);
        }

        return checksum;
    }

    // Where the definition drops what the status says of it, the name it has by the layout is all that can be known.
    private async Task RemoveFormerAsync(Observation seen, CancellationToken token)
    {
        var former = seen.Recorded.Secret ?? ConnectionSecret.NameOf(seen.Resource, seen.Spec!);
        if (seen.Addon is { IsNew: true } || former == seen.SecretName || await secrets.TryRemoveAsync(seen.Resource, former, token))
        {
            return;
        }

        await events.WriteAsync(
            seen, "Warning", Reason.SecretLeft,
            $"the Secret {former} is {(seen.SecretName is { } name ? $"replaced by {name}" : "not wanted any more")}, and the operator may not delete it. "
            + $"Once nothing reads it: kubectl -n {seen.Resource.Namespace} delete secret {former}",
            token);
    }
}

/// <summary>What came of a publication.</summary>
/// <param name="State">Whose the Secret is afterwards.</param>
/// <param name="Problem">Why it is not as the spec wants it; null when it is, or when it is not the resource's.</param>
internal sealed record Publication(SecretState? State, Problem? Problem = null)
{
    /// <summary>Checksum of the content for which what reads the Secret has been restarted; null when nothing is to be.</summary>
    public string? RestartedFor { get; init; }
}
