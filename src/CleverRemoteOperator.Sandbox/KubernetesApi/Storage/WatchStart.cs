namespace CleverRemoteOperator.Sandbox.KubernetesApi.Storage;

/// <summary>Where a watch starts: what there was at that moment; no subscription when the revision asked for has expired.</summary>
internal sealed record WatchStart(Subscription? Subscription, ObjectSet Objects, long Revision, long Oldest);
