namespace CleverRemoteOperator.Sandbox.KubernetesApi.Resources;

/// <summary>Which resources are served now: the built-in ones and those of the established custom resource definitions.</summary>
internal sealed class ResourceRegistry
{
    private volatile IReadOnlyList<ResourceType> _all = BuiltInResources.All;

    public IReadOnlyList<ResourceType> All => _all;

    public ResourceType? Find(string group, string version, string plural) =>
        _all.FirstOrDefault(type => type.Plural == plural && type.Version == version && type.Group == group);

    /// <summary>Any version of a stored resource.</summary>
    public ResourceType? FindStorage(string storage) => _all.FirstOrDefault(type => type.SharedStorage is null && type.Storage == storage);

    public ResourceType? FindKind(string apiVersion, string kind) =>
        _all.FirstOrDefault(type => type.Kind == kind && type.ApiVersion == apiVersion);

    public void Replace(IEnumerable<ResourceType> custom) => _all = [.. BuiltInResources.All, .. custom];
}
