using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Observability.Metrics;
using CleverRemoteOperator.Queueing;
using CleverRemoteOperator.Reconciling.Observing;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Reconciling.Acting;

/// <summary>Writes Events about resources. One that cannot be written is logged, and that is all.</summary>
internal sealed partial class EventWriter(ICluster cluster, OperatorMetrics metrics, TimeProvider time, ILogger<EventWriter> logger)
{
    private const int MaxMessage = 1024;

    /// <param name="type"><c>Normal</c> or <c>Warning</c>.</param>
    public async Task WriteAsync(Observation seen, string type, string reason, string message, CancellationToken token)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var resource = seen.Resource;
        try
        {
            await cluster.CreateEventAsync(
                resource.Namespace,
                new Corev1Event
                {
                    ApiVersion = ApiResource.Events.ApiVersion,
                    Kind = ApiResource.Events.Kind,
                    Metadata = new()
                    {
                        Name = $"{(resource.Name.Length <= 200 ? resource.Name : resource.Name[..200].TrimEnd('-', '.'))}.{Guid.CreateVersion7():N}",
                        NamespaceProperty = resource.Namespace,
                    },
                    InvolvedObject = new()
                    {
                        ApiVersion = resource.ApiVersion,
                        Kind = resource.Kind,
                        NamespaceProperty = resource.Namespace,
                        Name = resource.Name,
                        Uid = resource.Uid,
                        ResourceVersion = resource.ResourceVersion,
                    },
                    Type = type,
                    Reason = reason,
                    Message = message.Length <= MaxMessage ? message : message[..MaxMessage],
                    FirstTimestamp = now,
                    LastTimestamp = now,
                    Count = 1,
                    Source = new() { Component = OperatorNames.Own },
                    ReportingComponent = OperatorNames.Own,
                    ReportingInstance = "",
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
