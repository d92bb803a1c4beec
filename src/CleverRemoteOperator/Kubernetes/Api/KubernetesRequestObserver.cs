namespace CleverRemoteOperator.Kubernetes.Api;

/// <summary>Told of every request once its answer's headers are there, or it failed; for metrics.</summary>
/// <param name="verb">As in RBAC: get, list, watch, create, update, patch.</param>
/// <param name="resource">Plural, with the subresource if any; or <c>discovery</c>, <c>version</c>.</param>
/// <param name="status">HTTP status; null when there was no answer.</param>
internal delegate void KubernetesRequestObserver(ClusterId cluster, string verb, string resource, int? status, TimeSpan elapsed);
