using System.Text.Json.Nodes;
using CleverRemoteOperator.Reconciling.Acting;
using CleverRemoteOperator.Reconciling.Deciding;
using CleverRemoteOperator.Reconciling.Observing;
using CleverRemoteOperator.Tests.Reconciling;
using Microsoft.Extensions.Time.Testing;

namespace CleverRemoteOperator.Tests.GitOps;

/// <summary>A resource as it is in the cluster after the operator told it a problem.</summary>
internal static class ToldResource
{
    public static JsonObject With(Problem problem)
    {
        var seen = new AnyObservation([1, 2, 3, 5, 7]).Begin();
        seen = seen with { Resource = seen.Resource with { Status = default, DeletionTimestamp = null, Generation = 2 }, Recorded = Recorded.Read(seen.Resource with { Status = default }, isAttemptOpen: false) };
        var draft = new StatusDraft(seen.Resource, new FakeTimeProvider());
        draft.Report(seen, problem);
        return new JsonObject
        {
            ["metadata"] = new JsonObject { ["generation"] = 2 },
            ["status"] = draft.MergePatch(withConditions: true)!["status"]!.DeepClone(),
        };
    }
}
