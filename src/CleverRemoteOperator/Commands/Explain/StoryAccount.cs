using CleverRemoteOperator.Clusters;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Configuration.Texts;
using CleverRemoteOperator.Credentials;
using CleverRemoteOperator.Kubernetes.Api;

namespace CleverRemoteOperator.Commands.Explain;

/// <summary>Finds which credentials serve a namespace, and why these: its Secret, the cluster's, the operator's, the first that exists.</summary>
internal sealed class StoryAccount(ICluster cluster, ClusterDefinition definition, OperatorConfiguration configuration)
{
    private const string Secret = CredentialSecret.SecretName;

    /// <returns>Null where none serve it, and the words for it.</returns>
    public async Task<(CleverCredentials? Credentials, string Words)> ReadAsync(string @namespace, CancellationToken token)
    {
        try
        {
            if (await cluster.GetSecretMetadataAsync(@namespace, Secret, token) is not null)
            {
                return Own(@namespace, await cluster.GetSecretValueAsync(@namespace, Secret, CredentialSecret.Key, token));
            }
        }
        catch (KubernetesApiException failure) when (failure.IsForbidden)
        {
            return (null, $"not known, as we may not look at Secret {@namespace}/{Secret}");
        }

        var without = $"as the namespace has no Secret {Secret}";
        return definition.Options.Api is { } own ? (own, $"{Named("cluster's", own)}, {without}")
            : configuration.Api is { } api ? (api, $"{Named("operator's", api)}, {without} and the cluster no credentials of its own")
            : (null, $"none: {without}, and neither cluster nor operator has credentials");
    }

    private (CleverCredentials?, string) Own(string @namespace, string? text)
    {
        var reading = CredentialsText.Parse(text ?? "", CredentialSecret.Key, EndpointRule.OfNamespaces(configuration));
        return reading.Credentials is { } credentials
            ? (credentials, $"{Named("namespace's", credentials)}, as it has a Secret {Secret}")
            : (null, $"none, as Secret {@namespace}/{Secret} cannot be used: {Printable.Of(text is null ? $"key {CredentialSecret.Key} is missing" : string.Join("; ", reading.Mistakes), 512)}");
    }

    private static string Named(string whose, CleverCredentials credentials) =>
        $"the {whose}, {(credentials.Organisation is { } organisation ? $"organisation {Printable.Of(organisation)}" : "organisation of the account")}";
}
