using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Addons.Secrets;
using CleverRemoteOperator.Configuration.Texts;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Reconciling.Deciding;
using CleverRemoteOperator.Reconciling.Observing;
using CleverRemoteOperator.Watching;
using k8s.Models;

namespace CleverRemoteOperator.Reconciling.Acting;

/// <summary>The Secret with an add-on's environment: its name, its content, and whose it is.</summary>
internal static partial class ConnectionSecret
{
    // The revision of a store before its first write: an apply that asks for it can create, but never change what is there.
    private const string NoObjectsRevision = "1";

    private static readonly Dictionary<string, string> Nothing = [];

    // What the API server accepts in one Secret.
    private const int MaxBytes = 1024 * 1024;

    /// <summary>Name of the connection Secret: the resource's own, or <c>NAME-secrets</c> for the reference operator's layout.</summary>
    public static string NameOf(AddonResource resource, AddonSpec spec) => spec.Layout == SpecLayout.Flat ? resource.Name : $"{resource.Name}-secrets";

    /// <summary>True when the Secret belongs to the resource.</summary>
    public static bool IsOf(SecretMetadata secret, AddonResource resource) => secret.OwnerUids.Contains(resource.Uid);

    /// <summary>Whose the Secret is, that does not belong to the resource.</summary>
    public static SecretState StateOfOthers(SecretMetadata secret) =>
        secret is { IsAppliedByOperator: true, OwnerUids: [] } ? SecretState.Left : SecretState.Foreign;

    /// <summary>True when the operator left it behind with these very entries: it is access to the same add-on, and nobody's.</summary>
    public static bool IsLeftWith(SecretMetadata secret, IReadOnlyDictionary<string, string> entries) =>
        StateOfOthers(secret) == SecretState.Left && secret.Checksum == Checksum(entries);

    /// <summary>The Secret as it is applied.</summary>
    /// <param name="existing">The Secret of that name that is there already and ours; the write fails when another has taken its place. Null when there is none.</param>
    /// <param name="onlyNew">Whether the write must fail when there is one.</param>
    /// <param name="shape">Its type, labels and annotations; null for none but our own.</param>
    public static V1Secret Render(
        AddonResource resource, string name, IReadOnlyDictionary<string, string> entries, SecretMetadata? existing, bool onlyNew, SecretShape? shape = null) => new()
        {
            ApiVersion = ApiResource.Secrets.ApiVersion,
            Kind = ApiResource.Secrets.Kind,
            Metadata = new()
            {
                Name = name,
                NamespaceProperty = resource.Namespace,
                Labels = new Dictionary<string, string>(shape?.Labels ?? Nothing) { [ManagedSecrets.Label] = ManagedSecrets.Value },
                Annotations = new Dictionary<string, string>(shape?.Annotations ?? Nothing) { [AddonCatalog.ChecksumAnnotation] = Checksum(entries) },
                OwnerReferences =
                [
                    new()
                    {
                        ApiVersion = OwnerVersion(resource),
                        Kind = resource.Kind,
                        Name = resource.Name,
                        Uid = resource.Uid,
                        Controller = true,
                        BlockOwnerDeletion = true,
                    },
                ],
                Uid = existing?.Uid,
                ResourceVersion = existing is null && onlyNew ? NoObjectsRevision : null,
            },
            Type = shape?.Type,
            Data = entries.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(pair => pair.Key, pair => Encoding.UTF8.GetBytes(pair.Value)),
        };

    // The one version that our definitions and the reference operator's both serve: the owner can be found whichever are installed.
    private static string OwnerVersion(AddonResource resource) =>
        AddonCatalog.Find(resource.Kind) is { } kind
            ? $"{resource.ApiVersion[..(resource.ApiVersion.IndexOf('/', StringComparison.Ordinal) + 1)]}{kind.Versions[^1]}"
            : resource.ApiVersion;

    /// <summary>Tells one content from another, and nothing of what is in it.</summary>
    public static string Checksum(IReadOnlyDictionary<string, string> entries)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, value) in entries.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{name.Length}:{name}{value.Length}:{value}"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }

    /// <summary>Why the API server could not hold it; null when it could.</summary>
    public static Problem? Check(string name, IReadOnlyDictionary<string, string> entries) =>
        entries.Keys.FirstOrDefault(key => !KeyPattern().IsMatch(key)) is { } bad
            ? Invalid($"the variable name {Printable.Of(bad)} cannot be a key of the Secret {name}; allowed: letters, digits, - _ and .")
            : entries.Sum(pair => pair.Key.Length + (long)Encoding.UTF8.GetByteCount(pair.Value)) > MaxBytes
                ? Invalid($"the environment does not fit in the Secret {name}; allowed: {MaxBytes} bytes")
                : null;

    /// <summary>The Secret cannot be as it would have to be.</summary>
    public static Problem Invalid(string message) =>
        new(ConditionType.SecretReady, Reason.SecretInvalid, message) { RetryAfter = TimeSpan.FromMinutes(5) };

    [GeneratedRegex(@"^[-._a-zA-Z0-9]{1,253}\z")]
    private static partial Regex KeyPattern();
}
