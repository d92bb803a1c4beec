using System.Text.Json;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Configuration.Texts;
using CleverRemoteOperator.Kubernetes.Api;

namespace CleverRemoteOperator.Commands.Doctor;

/// <summary>Sees whether Clever Cloud's own in-cluster operator still runs: it takes no Lease, so the two would both serve the cluster.</summary>
internal static class ReferenceOperator
{
    private const string What = "reference operator";
    private const string Path = "apis/apps/v1/deployments";

    public static async Task<Check> LookAsync(ICluster cluster, CancellationToken token)
    {
        var request = ApiPath.WithQuery(Path, ("fieldSelector", $"metadata.name={OperatorNames.Reference}"));
        try
        {
            using var response = await cluster.OpenAsync(request, token);
            var running = await BoundedBody.ReadAsync(response, "list deployments", BoundedBody.MaxPage, Running, token);
            return running.Count == 0
                ? Check.Ok(What, "does not run here")
                : Check.Failed(What, $"runs here as well: kubectl scale deployment {OperatorNames.Reference} -n {running[0]} --replicas=0");
        }
        catch (KubernetesApiException failure) when (failure.IsForbidden || failure.IsNotFound || failure.Means(FailureMeaning.NotServed))
        {
            return Check.Note(What, $"cannot be looked for, as the cluster lets us list no deployments: see that no Deployment {OperatorNames.Reference} runs");
        }
    }

    // The namespaces in which it runs. One whose image is ours bears its name only.
    private static List<string> Running(ReadOnlySpan<byte> answer)
    {
        if (JsonAnswer.TryParse(answer)?["items"] is not JsonArray items)
        {
            throw new KubernetesApiException("list deployments: the answer is not a list", null, FailureReason.Unreadable);
        }

        return [.. from item in items
                   where !(item?["spec"]?["replicas"] is JsonValue replicas && replicas.GetValueKind() == JsonValueKind.Number && replicas.TryGetValue<int>(out var count) && count == 0)
                   where item?["spec"]?["template"]?.ToJsonString().Contains(OperatorNames.Own, StringComparison.Ordinal) != true
                   select Printable.Of(item?["metadata"].Text("namespace") ?? "?", 63)];
    }
}
