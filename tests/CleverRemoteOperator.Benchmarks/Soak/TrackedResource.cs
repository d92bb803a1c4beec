using CleverRemoteOperator.Addons;

namespace CleverRemoteOperator.Benchmarks.Soak;

/// <summary>A resource the soak made, and what it has asked for it since.</summary>
internal sealed class TrackedResource(TrackedNamespace home, AddonKind kind, string name, string uid, string secret, DateTimeOffset createdAt)
{
    public TrackedNamespace Home => home;

    public AddonKind Kind => kind;

    public string Name => name;

    public string Uid => uid;

    /// <summary>A moment before it was created.</summary>
    public DateTimeOffset CreatedAt => createdAt;

    public string Subject => $"{home.Subject}/{name}";

    public string Path => $"/apis/{AddonCatalog.Group}/{kind.Versions[0]}/namespaces/{home.Name}/{kind.Plural}/{name}";

    public string SecretPath => $"{home.Path}/secrets/{secret}";

    /// <summary>Set before the deletion is asked for: an add-on that goes earlier was deleted wrongly.</summary>
    public DateTimeOffset? DeleteRequested { get; set; }

    /// <summary>Of a config provider: what its spec holds now.</summary>
    public string? Variable { get; set; }
}
