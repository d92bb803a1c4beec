using System.Globalization;
using System.Text.RegularExpressions;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Configuration.Texts;

namespace CleverRemoteOperator.Reconciling.Observing;

/// <summary>The annotations by which people steer the operator, on a resource or its namespace: one list, each with the words it takes.</summary>
internal sealed partial record Steering
{
    private const string Prefix = AddonCatalog.Group + "/";

    /// <summary>The resource is let go when it is deleted, and its add-on is left as it is.</summary>
    public const string ReleaseAnnotation = Prefix + "release";

    /// <summary>The owner accepts that other credentials than those at creation serve the resource.</summary>
    public const string AcceptAnnotation = Prefix + "accept-credentials";

    /// <summary>Id of the missing add-on in whose place an empty one is to be created.</summary>
    public const string RecreateAnnotation = Prefix + "recreate";

    /// <summary>Name of the change that failed and is to be tried again.</summary>
    public const string RetryAnnotation = Prefix + "retry-migration";

    /// <summary>Until when, at most an hour ahead, any number of add-ons may be deleted.</summary>
    public const string AllowDeletionsAnnotation = Prefix + "allow-deletions-until";

    private const string PolicyAnnotation = Prefix + "deletion-policy";
    public const string ProtectionAnnotation = Prefix + "deletion-protection";
    private const string OnMissingAnnotation = Prefix + "on-missing";
    private const string ManagementAnnotation = Prefix + "management-policy";

    private const string DriftAnnotation = Prefix + "drift-policy";

    /// <summary>Any new value asks for one pass now.</summary>
    public const string RequestAnnotation = Prefix + "reconcile-requested-at";

    /// <summary>Nothing is done for the resource, or the resources of the namespace, while it is true.</summary>
    public const string PausedAnnotation = Prefix + "paused";

    /// <summary>What would be done is only told while it is true.</summary>
    public const string DryRunAnnotation = Prefix + "dry-run";

    /// <summary>As <c>spec.adopt</c>, for definitions that drop that field.</summary>
    public const string AdoptAnnotation = Prefix + "adopt";

    private const string AdoptPolicyAnnotation = Prefix + "adopt-policy";

    /// <summary>Uid of a resource that nobody can see and whose add-on is taken over all the same.</summary>
    public const string AdoptUnseenAnnotation = Prefix + "adopt-unseen";

    /// <summary>Cluster, or cluster and namespace, whose resource may take this resource's add-on over.</summary>
    public const string HandOverAnnotation = Prefix + "hand-over";

    /// <summary>Id of the add-on that was found different and is to be made as asked.</summary>
    public const string ConfirmAnnotation = Prefix + "confirm-migration";

    private const string SecretNameAnnotation = Prefix + "secret-name";

    private const string RequireAnnotation = Prefix + "require-namespace-credentials";

    private static readonly Rule Flag = new("true or false", text => text is "true" or "false");
    private static readonly Rule Policy = new("Delete or Retain", text => text is "Delete" or "Retain");
    private static readonly Rule Management = new("Full, NoUpdate or ObserveOnly", text => text is "Full" or "NoUpdate" or "ObserveOnly");
    private static readonly Rule Drift = new("Report or Correct", text => text is "Report" or "Correct");
    private static readonly Rule Request = new("any text of at most 64 characters, such as the time", text => text.Length is > 0 and <= 64 && text.All(Printable.IsHarmless));
    private static readonly Rule Missing = new("Report or Recreate", text => text is "Report" or "Recreate");
    private static readonly Rule Id = new("the id of the missing add-on (addon_…)", text => AddonId().IsMatch(text));
    private static readonly Rule Attempt = new("the id of the migration that failed (migration_…)", text => MigrationId().IsMatch(text));
    private static readonly Rule Time = new("a time as RFC 3339 has it, such as 2026-01-31T12:00:00Z", text => ReadTime(text) is not null);
    private static readonly Rule Adoptee = new(
        $"the id or the name of an add-on, at most {Adoption.MaxLength} characters", text => text.Length is > 0 and <= Adoption.MaxLength && text.Trim() == text && text.All(Printable.IsHarmless));
    private static readonly Rule AdoptChoice = new("AdoptOnly or AdoptOrCreate", text => text is "AdoptOnly" or "AdoptOrCreate");
    private static readonly Rule Uid = new("the uid of the resource that had the add-on", text => Guid.TryParseExact(text, "D", out _));
    private static readonly Rule Receiver = new(
        "the name of a cluster, or cluster/namespace",
        text => text.Split('/') is [var cluster, .. { Length: <= 1 } rest] && cluster.Split('.') is { Length: <= 2 } labels && labels.Concat(rest).All(label => KubernetesNames.IsLabel(label)));
    private static readonly Rule Confirmed = new("the id of the add-on (addon_…)", text => AddonId().IsMatch(text));
    private static readonly Rule Name = new("the name of a Secret: lower-case letters, digits, '-' and '.'", text => KubernetesNames.IsSubdomain(text));
    private static readonly Rule Any = new("what the operator wrote", _ => true);

    private static readonly Dictionary<string, Rule> OfResources = new(StringComparer.Ordinal)
    {
        [ReleaseAnnotation] = Flag,
        [AcceptAnnotation] = Flag,
        [RecreateAnnotation] = Id,
        [PolicyAnnotation] = Policy,
        [ProtectionAnnotation] = Flag,
        [OnMissingAnnotation] = Missing,
        [RetryAnnotation] = Attempt,
        [ManagementAnnotation] = Management,
        [DriftAnnotation] = Drift,
        [RequestAnnotation] = Request,
        [PausedAnnotation] = Flag,
        [DryRunAnnotation] = Flag,
        [AdoptAnnotation] = Adoptee,
        [AdoptPolicyAnnotation] = AdoptChoice,
        [AdoptUnseenAnnotation] = Uid,
        [HandOverAnnotation] = Receiver,
        [ConfirmAnnotation] = Confirmed,
        [SecretNameAnnotation] = Name,
        [CreationMark.Annotation] = Any,
    };

    private static readonly Dictionary<string, Rule> OfNamespaces = new(StringComparer.Ordinal)
    {
        [PolicyAnnotation] = Policy,
        [ProtectionAnnotation] = Flag,
        [RequireAnnotation] = Flag,
        [ManagementAnnotation] = Management,
        [DriftAnnotation] = Drift,
        [PausedAnnotation] = Flag,
        [AllowDeletionsAnnotation] = Time,
    };

    public bool Releases { get; private init; }

    public bool AcceptsCredentials { get; private init; }

    /// <summary>The request for a pass; null when there is none.</summary>
    public string? ReconcileRequestedAt { get; private init; }

    public bool IsPaused { get; private init; }

    public bool IsDryRun { get; private init; }

    /// <summary>Id of the add-on to replace; null when none is named.</summary>
    public string? Recreate { get; private init; }

    /// <summary>The change to try again; null when none is named.</summary>
    public string? RetryMigration { get; private init; }

    /// <summary>The add-on to take over; null when none is named.</summary>
    public Adoption? Adoption { get; private init; }

    /// <summary>Uid of the unseen resource whose add-on may be taken over; null when none is named.</summary>
    public string? AdoptUnseen { get; private init; }

    /// <summary>Who may take the add-on over: <c>cluster</c> or <c>cluster/namespace</c>; null for nobody.</summary>
    public string? HandsOverTo { get; private init; }

    /// <summary>Id of the add-on that may be migrated although it was never as asked; null when none is named.</summary>
    public string? ConfirmMigration { get; private init; }

    /// <summary>Name of the connection Secret; null when none is named.</summary>
    public string? SecretName { get; private init; }

    public AddonPolicies Policies { get; private init; } = AddonPolicies.None;

    /// <summary>Whether only a namespace's own credentials serve it; null = as configured.</summary>
    public bool? RequiresNamespaceCredentials { get; private init; }

    /// <summary>Null when nobody allowed it.</summary>
    public DateTimeOffset? AllowDeletionsUntil { get; private init; }

    /// <summary>Every annotation that is unknown or has a wrong value, with what is allowed. While there is one, nothing is created or deleted.</summary>
    public IReadOnlyList<string> Mistakes { get; private init; } = [];

    /// <summary>Nothing is steered.</summary>
    public static Steering None { get; } = new();

    public static Steering OfResource(IReadOnlyDictionary<string, string> annotations) => Read(annotations, OfResources);

    public static Steering OfNamespace(IReadOnlyDictionary<string, string> annotations) => Read(annotations, OfNamespaces);

    private static Steering Read(IReadOnlyDictionary<string, string> annotations, Dictionary<string, Rule> rules)
    {
        if (annotations.Count == 0)
        {
            return None;
        }

        string? Text(string name) => rules.TryGetValue(name, out var rule) && annotations.TryGetValue(name, out var text) && rule.Takes(text) ? text : null;
        bool? Bool(string name) => Text(name) is { } text ? text == "true" : null;
        return new Steering
        {
            Releases = Bool(ReleaseAnnotation) ?? false,
            AcceptsCredentials = Bool(AcceptAnnotation) ?? false,
            ReconcileRequestedAt = Text(RequestAnnotation),
            IsPaused = Bool(PausedAnnotation) ?? false,
            IsDryRun = Bool(DryRunAnnotation) ?? false,
            Recreate = Text(RecreateAnnotation),
            RetryMigration = Text(RetryAnnotation),
            Adoption = Text(AdoptAnnotation) is { } adoptee ? new(adoptee, Text(AdoptPolicyAnnotation) is { } choice ? Enum.Parse<AdoptPolicy>(choice) : null) : null,
            AdoptUnseen = Text(AdoptUnseenAnnotation),
            HandsOverTo = Text(HandOverAnnotation),
            ConfirmMigration = Text(ConfirmAnnotation),
            SecretName = Text(SecretNameAnnotation),
            Policies = new(
                Text(PolicyAnnotation) is { } policy ? policy == "Retain" ? DeletionPolicy.Retain : DeletionPolicy.Delete : null,
                Bool(ProtectionAnnotation),
                Text(OnMissingAnnotation) is { } missing ? missing == "Recreate" ? OnMissing.Recreate : OnMissing.Report : null,
                Text(ManagementAnnotation) is { } management ? Enum.Parse<ManagementPolicy>(management) : null,
                Text(DriftAnnotation) is { } drift ? Enum.Parse<DriftPolicy>(drift) : null),
            RequiresNamespaceCredentials = Bool(RequireAnnotation),
            AllowDeletionsUntil = Text(AllowDeletionsAnnotation) is { } until ? ReadTime(until) : null,
            Mistakes = [.. MistakesIn(annotations, rules).Order(StringComparer.Ordinal).Take(10)],
        };
    }

    private static IEnumerable<string> MistakesIn(IReadOnlyDictionary<string, string> annotations, Dictionary<string, Rule> rules)
    {
        foreach (var (name, text) in annotations.Where(pair => pair.Key.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            if (!rules.TryGetValue(name, out var rule))
            {
                yield return $"annotation {Printable.Of(name, 100)} is unknown; {Hint(name[Prefix.Length..], [.. rules.Keys.Where(known => known != CreationMark.Annotation).Select(known => known[Prefix.Length..])])}";
            }
            else if (!rule.Takes(text))
            {
                yield return $"annotation {name} is \"{Printable.Of(text, 40)}\"; allowed: {rule.Allowed}";
            }
        }
    }

    private static string Hint(string name, string[] known) => DidYouMean.Nearest(name, known) is { } nearest
        ? $"did you mean {Prefix}{nearest}?"
        : $"allowed after {Prefix}: {string.Join(", ", known.Order(StringComparer.Ordinal))}";

    private static DateTimeOffset? ReadTime(string text) =>
        Rfc3339().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    [GeneratedRegex(@"^addon_[A-Za-z0-9-]{1,100}\z")]
    private static partial Regex AddonId();

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,100}\z")]
    private static partial Regex MigrationId();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)\z")]
    private static partial Regex Rfc3339();

    /// <summary>What an annotation may say.</summary>
    private sealed record Rule(string Allowed, Func<string, bool> Takes);
}
