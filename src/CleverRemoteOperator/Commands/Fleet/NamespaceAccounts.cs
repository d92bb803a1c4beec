using CleverRemoteOperator.Clusters;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Credentials;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Timing;

namespace CleverRemoteOperator.Commands.Fleet;

/// <summary>The credentials that the namespaces of a cluster bring.</summary>
/// <param name="Accounts">By namespace.</param>
/// <param name="Problems">Secrets that cannot be used, or that they cannot be read; fit for a terminal, without a secret.</param>
internal sealed record NamespaceAccounts(string Cluster, IReadOnlyDictionary<string, CleverCredentials> Accounts, IReadOnlyList<string> Problems)
{
    /// <summary>Those of one cluster. Never throws for it.</summary>
    /// <param name="limit">How long it may take.</param>
    public static async Task<NamespaceAccounts> ReadAsync(
        FleetCluster cluster, IClusterFactory factory, EndpointRule rule, TimeProvider time, TimeSpan limit, CancellationToken token)
    {
        var accounts = new Dictionary<string, CleverCredentials>(StringComparer.Ordinal);
        List<string> problems = [];
        if (cluster.Definition is not { } definition)
        {
            return new(cluster.Name, accounts, problems);
        }

        using var deadline = new Deadline(limit, time, token);
        try
        {
            using var api = factory.Connect(definition);
            foreach (var @namespace in new FleetFilter().Namespaces(definition.Namespaces))
            {
                var (secrets, _) = await ResourceLister.ListAsync(
                    api, ApiResource.Secrets, @namespace, CredentialSecretFormat.Format, deadline.Token, $"metadata.name={CredentialSecret.SecretName}");
                foreach (var secret in secrets.Where(secret => secret.Name == CredentialSecret.SecretName))
                {
                    var reading = CredentialsText.Parse(secret.Config ?? "", CredentialSecret.Key, rule);
                    if (reading.Credentials is { } credentials)
                    {
                        accounts[secret.Namespace] = credentials;
                    }
                    else
                    {
                        problems.Add($"Secret {secret.Namespace}/{secret.Name}: {(secret.Config is null ? $"key {CredentialSecret.Key} is missing" : string.Join("; ", reading.Mistakes))}");
                    }
                }
            }
        }
        catch (KubernetesApiException failure)
        {
            problems.Add(failure.Message);
        }
        catch (OperationCanceledException) when (deadline.HasExpired)
        {
            problems.Add($"not all was answered within {limit.TotalSeconds:0} s");
        }

        return new(cluster.Name, accounts, problems);
    }
}
