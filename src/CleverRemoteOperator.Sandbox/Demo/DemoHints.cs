using CleverRemoteOperator.Credentials;

namespace CleverRemoteOperator.Sandbox.Demo;

/// <summary>What a newcomer can try: addresses, files, and lines to copy into another terminal.</summary>
internal static class DemoHints
{
    public static string Render(DemoWorld world)
    {
        var servers = string.Concat(world.Clusters.Select(cluster =>
            $"{"Cluster " + cluster.Name,-17} {Origin(cluster.Address),-24} {cluster.KubeconfigPath}\n"));
        return $$$$"""

            {{{{servers}}}}{{{{"Clever API",-17}}}} {{{{Origin(world.CleverApi)}}}}
            {{{{"Operator",-17}}}} {{{{Origin(world.Operator),-24}}}} {{{{world.LogPath}}}}

            Namespace {{{{DemoWorld.OwnNamespace}}}} has credentials of its own, in the Secret
            {{{{CredentialSecret.SecretName}}}}: its add-ons go to organisation …0002,
            all others with the operator's own credentials to …0001.

            Look, in another terminal:

            export KUBECONFIG={{{{string.Join(':', world.Clusters.Select(cluster => cluster.KubeconfigPath))}}}}
            kubectl get clever
            kubectl --context montreal --namespace {{{{DemoWorld.OwnNamespace}}}} get clever
            kubectl describe postgresql my-postgresql
            kubectl get secret my-postgresql -o go-template='{{range $k,
              $v := .data}}{{$k}}={{base64decode $v}}{{"\n"}}{{end}}'
            curl {{{{Origin(world.CleverApi)}}}}/_sandbox/addons
            curl {{{{Origin(world.Operator)}}}}/status

            Create, ask for another plan, ask for one that does not exist, delete:

            kubectl apply -f {{{{DemoTrials.NewPath(world.Folder)}}}}
            kubectl wait --for=condition=Ready kv/mine
            kubectl edit postgresql example-postgresql
            kubectl apply -f {{{{DemoTrials.BadPath(world.Folder)}}}}
            kubectl delete pulsar example-pulsar

            """;
    }

    private static string Origin(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
