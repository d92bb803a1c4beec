using System.Globalization;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Observability.Metrics;
using CleverRemoteOperator.Queueing;
using CleverRemoteOperator.Reconciling.Observing;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Reconciling.Acting;

/// <summary>Writes Events about resources. One that cannot be written is logged, and that is all.</summary>
internal sealed partial class EventWriter(ICluster cluster, OperatorMetrics metrics, TimeProvider time, ILogger<EventWriter> logger)
{
    private const int MaxMessage = 1024;

    /// <param name="type"><c>Normal</c> or <c>Warning</c>.</param>
    public async Task WriteAsync(Observation seen, string type, string reason, string message, CancellationToken token)
    {
        var now = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        var resource = seen.Resource;
        try
        {
            await cluster.CreateEventAsync(
                resource.Namespace,
                new JsonObject
                {
                    ["apiVersion"] = "v1",
                    ["kind"] = "Event",
                    ["metadata"] = new JsonObject
                    {
                        ["name"] = $"{(resource.Name.Length <= 200 ? resource.Name : resource.Name[..200].TrimEnd('-', '.'))}.{Guid.CreateVersion7():N}",
                        ["namespace"] = resource.Namespace,
                    },
                    ["involvedObject"] = new JsonObject
                    {
                        ["apiVersion"] = resource.ApiVersion,
                        ["kind"] = resource.Kind,
                        ["namespace"] = resource.Namespace,
                        ["name"] = resource.Name,
                        ["uid"] = resource.Uid,
                        ["resourceVersion"] = resource.ResourceVersion,
                    },
                    ["type"] = type,
                    ["reason"] = reason,
                    ["message"] = message.Length <= MaxMessage ? message : message[..MaxMessage],
                    ["firstTimestamp"] = now,
                    ["lastTimestamp"] = now,
                    ["count"] = 1,
                    ["source"] = new JsonObject { ["component"] = OperatorNames.Own },
                    ["reportingComponent"] = OperatorNames.Own,
                    ["reportingInstance"] = "",
                },
                token);
            metrics.EventPublished(cluster.Id.Name, reason, written: true);
        }
        catch (KubernetesApiException failure)
        {
            metrics.EventPublished(cluster.Id.Name, reason, written: false);
            LogEventLost(failure.IsNamespaceGoing ? LogLevel.Debug : LogLevel.Warning, seen.Key, reason, failure.Message);
        }
    }

    [LoggerMessage(EventId = 620, Message = "{Resource}: the Event {Reason} could not be written: {Problem}")]
    private partial void LogEventLost(LogLevel level, ReconcileKey resource, string reason, string problem);
}
