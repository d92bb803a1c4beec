using System.Collections.ObjectModel;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.CleverCloud.Catalogue;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Credentials;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Reconciling;
using CleverRemoteOperator.Reconciling.Deciding;
using CleverRemoteOperator.Reconciling.Observing;
using CleverRemoteOperator.Reconciling.Remembering;

namespace CleverRemoteOperator.Tests.Reconciling;

/// <summary>Observations made of numbers: each number picks one of the values that a fact may have.</summary>
internal sealed class AnyObservation(IReadOnlyList<int> numbers)
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly CleverPlan Plan = new("plan_1", "s_mono", "S", 1, [], false);
    private int _next;

    /// <summary>How many numbers one needs at most.</summary>
    public const int Length = 128;

    /// <summary>One with nothing looked at yet.</summary>
    public Observation Begin()
    {
        var annotations = new Dictionary<string, string>();
        Maybe(annotations, "release", "true", "True", "false");
        Maybe(annotations, "recreate", "addon_known", "addon_other");
        Maybe(annotations, "deletion-policy", "Retain", "Delete", "retain");
        Maybe(annotations, "deletion-protection", "true", "false");
        Maybe(annotations, "accept-credentials", "true", "false");
        Maybe(annotations, "on-missing", "Recreate", "Report");
        Maybe(annotations, "management-policy", "Full", "NoUpdate", "ObserveOnly", "None");
        Maybe(annotations, "paused", "false", "true", "yes");
        Maybe(annotations, "dry-run", "true", "false");
        Maybe(annotations, "retry-migration", "migration_1");
        Maybe(annotations, "adopt", "addon_other", "addon_third");
        Maybe(annotations, "adopt-policy", "AdoptOnly", "AdoptOrCreate");
        Maybe(annotations, "adopt-unseen", OtherUid, Uid, "any");
        Maybe(annotations, "hand-over", "london", "london/default", "London");
        Maybe(annotations, "confirm-migration", "addon_known", "addon_other");
        Maybe(annotations, "unknown", "x");
        if (Pick(2) == 1)
        {
            annotations[CreationMark.Annotation] = new CreationMark(
                "m", Pick(5) == 0 ? "99999999-2222-4333-8444-555555555555" : Uid, Now, Pick("orga_1", "orga_2"), Pick("operator", "namespace"), Pick("user_1", ""),
                Pick("", "", "addon_known"), Pick(2) == 0).ToString();
        }

        var status = new JsonObject();
        if (Pick(2) == 1)
        {
            status["addon"] = "addon_known";
            status["organisation"] = Pick("orga_1", "orga_1", "orga_2");
            status["onDeletion"] = Pick("Delete", "Retain");
            status["secret"] = "cache";
        }

        if (Pick(2) == 0)
        {
            status["migration"] = new Migration(
                Pick("", "migration_1", "migration_2"), Pick("REQUESTED", "RUNNING", "OK", "FAILED", "REFUSED", "UPDATING"), "", Now, new MigrationTarget(Pick("m_mono", "s_mono"), "par", Pick("8.0.2", "7.2.4")), "").ToJson();
        }

        if (Pick(2) == 0)
        {
            status["applied"] = new MigrationTarget(Pick("s_mono", "m_mono"), Pick("par", "rbx"), Pick("", "8.0.2")).ToJson();
        }

        if (Pick(3) == 0)
        {
            status["conditions"] = new JsonArray(
                new JsonObject { ["type"] = Pick("Ready", "AddonReady"), ["status"] = Pick("True", "Unknown"), ["observedGeneration"] = 1 });
        }

        var resource = ReconcilerWorld.NewResource(Pick(
            """{"plan":"s_mono","region":"par"}""", """{"plan":"m_mono","region":"par","version":"8.0.2","encryption":true}""", """{"plan":"s_mono","region":"rbx","version":"7.2.4"}""",
            """{"plan":"s_mono","region":"par","deletionPolicy":"Retain"}""", """{"plan":"s_mono","region":"par","adopt":"addon_other"}""",
            """{"plan":"s_mono","region":"par","adopt":"addon_other","adoptPolicy":"AdoptOrCreate","deletionPolicy":"Delete"}""",
            """{"plan":"s_mono","region":"par","secret":{"enabled":false}}""",
            """{"plan":"s_mono","region":"par","onMissing":"Recreate"}""", """{"organisation":"orga_2","plan":"s_mono","region":"par"}""", """{"plan":7}""")) with
        {
            Annotations = new ReadOnlyDictionary<string, string>(annotations),
            Finalizers = Pick(2) == 0 ? [] : ["api.clever-cloud.com/redis"],
            Status = JsonPart.Of(status),
            Generation = Pick(1, 2),
            CreationTimestamp = Now - Pick(TimeSpan.Zero, TimeSpan.FromHours(1)),
            DeletionTimestamp = Pick(2) == 0 ? null : Now,
            IsTooLarge = Pick(20) == 0,
        };
        var memory = new Remembered(
            Pick(3) == 0 ? new CreationAttempt("m", null, IsOpen: Pick(2) == 0) : null, Pick(null, null, "addon_known"), Pick(0, 1));
        var (spec, mistakes) = AddonSpecReader.Read(AddonCatalog.ByPlural("redis")!, resource.Spec.ToObject());
        return new Observation
        {
            Key = ReconcilerWorld.Key,
            Kind = AddonCatalog.ByPlural("redis")!,
            Resource = resource,
            Now = Now,
            Owner = new Owner("paris", ["rome"], UsesBareNames: Pick(4) == 0),
            Rules = Rules.Of(new OperatorOptions { AllowedOrganisations = Pick(5) == 0 ? ["orga_9"] : [], RequireNamespaceCredentials = Pick(6) == 0, AllowAdoption = Pick(2) == 0 ? ["default"] : [] }, null),
            Spec = spec,
            Mistakes = mistakes,
            SpecPolicies = AddonSpecReader.ReadPolicies(resource.Spec.ToObject(), []),
            Steering = Steering.OfResource(resource.Annotations),
            Recorded = Recorded.Read(resource, memory.IsOpen),
            Memory = memory,
            HasAdoption = spec?.Adoption is not null || annotations.ContainsKey("api.clever-cloud.com/adopt"),
            IsUidShared = Pick(20) == 0,
            DropsConditions = Pick(6) == 0,
            HasRoomToDelete = Pick(4) != 0,
            IsEnvironmentDue = Pick(3) == 0,
        };
    }

    /// <summary>The same with one more fact, whatever it is.</summary>
    public Observation Look(Observation seen, Fact fact) => fact switch
    {
        Fact.Namespace => seen with { Namespace = new NamespaceLook(Steering.OfNamespace(NamespaceAnnotations()), Pick(4) == 0, Pick(8) == 0 ? "forbidden" : null) },
        Fact.LiveNamespace => seen with { Namespace = new NamespaceLook(Steering.OfNamespace(NamespaceAnnotations()), Pick(4) == 0, IsLive: true) },
        Fact.Credentials => seen with { Credentials = Pick(6) == 0 ? new CredentialResult(null, "NoCredentials", "none") : AnyCredentials(), SinceOwnCredentials = Pick<TimeSpan?>(null, TimeSpan.FromSeconds(5), TimeSpan.FromHours(1)) },
        Fact.Account => seen with { Account = AnyAccount(seen) },
        Fact.Listed => seen with { IsListed = Pick(2) == 0 },
        Fact.NameListed => seen with { IsNameListed = Pick(2) == 0 },
        Fact.UnseenCredentials => seen with { HasUnseenCredentials = Pick(4) == 0 },
        Fact.Secret => seen with { Secret = seen.SecretName is null ? SecretState.Unwanted : Pick(SecretState.None, SecretState.Published, SecretState.Changed, SecretState.Foreign, SecretState.Left) },
        Fact.SecretTrial => seen with { SecretTrial = new SecretTrialResult(Pick(4) == 0 ? new Problem("Ready", "AdmissionDenied", "no") : null) },
        Fact.Addon => seen with { Addon = AnyFinding(seen) },
        Fact.Adoptee => seen with { Adoptee = AnyAdoptee() },
        Fact.Claim => seen with { Claim = new ClaimVerdict(Pick(ClaimRight.Yes, ClaimRight.Wait, ClaimRight.Disputed, ClaimRight.Never), "") },
        Fact.Catalogue => seen with { Catalogue = Pick(4) == 0 ? Resolution.Failed("PlanNotAvailable", "no", [], null) : Resolution.Of(Pick("plan_1", "plan_2"), "m_mono", Pick("par", "rbx"), Pick(null, "7.2.4", "8.0.2")) },
        Fact.Environment => seen with { Environment = new Dictionary<string, string> { ["REDIS_VERSION"] = Pick("7.2.4", "8.0.2") } },
        Fact.Detail => seen with { Detail = new DetailLook(Pick(3) == 0 ? null : new CleverAddonDetail { Features = new Dictionary<string, bool> { ["encryption"] = Pick(2) == 0 } }) },
        Fact.Migrations => seen with { Migrations = [.. Enumerable.Range(1, Pick(3)).Select(number => new CleverMigration($"migration_{number}", Pick(Enum.GetValues<MigrationStatus>()), "x", null, Now))] },
        Fact.Definition => seen with { Definition = Pick(DefinitionState.InOrder, DefinitionState.InOrder, DefinitionState.Going, DefinitionState.Unreadable) },
        Fact.AsShown => seen with { IsAsShown = Pick(3) != 0 },
        _ => throw new InvalidOperationException($"nothing depends on {fact} for this kind"),
    };

    /// <summary>What an act that succeeds leads to; null when it ends the pass.</summary>
    public Observation? Act(Observation seen, Decision decision) => decision switch
    {
        Decision.Mark mark => (mark.Beside is { } fact ? Look(seen, fact) : seen) with
        {
            Marked = new CreationMark("new", Uid, Now, "orga_1", "operator", "", seen.KnownAddon ?? ""),
            Resource = seen.Resource with { Finalizers = ["api.clever-cloud.com/redis"] },
        },
        Decision.Create => seen with { Addon = new Finding(FindingState.Ours, Addon("addon_new")) { IsNew = true }, Memory = seen.Memory with { Addon = "addon_new" } },
        Decision.Claim => seen with { Addon = new Finding(seen.Owner.UsesBareNames ? FindingState.Unclaimed : FindingState.Ours, seen.Addon!.Addon) },
        Decision.Hold => Held(seen, seen.Resource with
        {
            Finalizers = ["api.clever-cloud.com/redis"],
            Annotations = seen.OwnMark is null ? seen.Resource.Annotations.Where(pair => pair.Key != CreationMark.Annotation).ToDictionary() : seen.Resource.Annotations,
        }),
        Decision.Record record => seen with { Memory = seen.Memory with { Migration = record.Migration }, Addon = null, Environment = null, Detail = null },
        Decision.Delete => seen with { Addon = new Finding(FindingState.Gone, seen.Addon!.Addon) },
        _ => null,
    };

    private const string Uid = "11111111-2222-4333-8444-555555555555";
    private const string OtherUid = "77777777-2222-4333-8444-555555555555";

    private static Observation Held(Observation seen, AddonResource resource) =>
        seen with { Resource = resource, Recorded = Recorded.Read(resource, seen.Memory.IsOpen) };

    private Adoptee AnyAdoptee() => Pick(8) switch
    {
        0 => new Adoptee(null) { MissingFor = Pick(TimeSpan.Zero, TimeSpan.FromMinutes(5)) },
        1 => new Adoptee(null, ["a", "b"]),
        2 => new Adoptee(Addon("addon_other")),
        3 => new Adoptee(Addon("addon_other") with { ProviderId = "mysql-addon" }),
        _ => new Adoptee(Addon("addon_other"), null, new Holder(
            Pick(HolderState.Living, HolderState.Gone, HolderState.Unseen), OtherUid, Pick("paris", "london"), Pick<(string, string)?>(null, ("default", "x"), ("other", "x")))
        { HandsOverTo = Pick(null, "paris", "paris/default", "paris/other", "london") }),
    };

    private Dictionary<string, string> NamespaceAnnotations()
    {
        var annotations = new Dictionary<string, string>();
        Maybe(annotations, "allow-deletions-until", "2026-01-01T12:30:00Z", "2026-01-01T11:00:00Z", "2026-01-01T14:00:00Z", "soon");
        Maybe(annotations, "deletion-policy", "Retain", "Delete");
        Maybe(annotations, "deletion-protection", "true", "false");
        Maybe(annotations, "paused", "true", "false", "1");
        return annotations;
    }

    private CredentialResult AnyCredentials() => CredentialResult.Of(
        new CleverCredentials(new Uri("https://api.example"), "token-of-the-test", null, null, null, Pick(null, "orga_1", "orga_2")),
        Pick(CredentialSource.Operator, CredentialSource.Namespace));

    private AccountLook AnyAccount(Observation seen) => seen.Credentials!.Resolved is { } resolved && Pick(6) != 0
        ? new AccountLook(new Account(resolved, null!, seen.Spec?.Organisation ?? resolved.Credentials.Organisation ?? "user_1", Pick("user_1", "user_2", null)))
        : new AccountLook(null, new Problem("CredentialsResolved", "DeletionBlocked", ""));

    private Finding AnyFinding(Observation seen) => Pick(10) switch
    {
        0 => new Finding(FindingState.Ours, Addon("addon_known")),
        1 => new Finding(FindingState.Former, Addon("addon_known")),
        2 => new Finding(FindingState.Unclaimed, Addon("addon_known")),
        3 => new Finding(FindingState.OtherCluster, Addon("addon_known")),
        4 => new Finding(FindingState.Several, null, ["a", "b"]),
        5 when seen.Recorded.Addon is not null => new Finding(FindingState.Renamed, Addon("addon_known")),
        6 when seen.Recorded.Addon is not null && seen.Steering.HandsOverTo is not null => new Finding(FindingState.HandedOver, Addon("addon_known")),
        _ => new Finding(FindingState.Absent)
        {
            Taken = seen.Recorded.Addon is not null && Pick(5) == 0 ? Addon("addon_known") : null,
            IsHintDisproved = seen.Recorded.Addon is not null && Pick(3) == 0,
            IsDoubted = Pick(4) == 0,
            MissingFor = Pick(TimeSpan.Zero, TimeSpan.FromSeconds(60), TimeSpan.FromMinutes(5)),
        },
    };

    private static CleverAddon Addon(string id) => new(id, "redis_1", "kubernetes::Redis::x", "par", "redis-addon", Plan);

    private void Maybe(Dictionary<string, string> annotations, string name, params string[] values)
    {
        if (Pick(6) == 0)
        {
            annotations[$"api.clever-cloud.com/{name}"] = Pick(values);
        }
    }

    private int Pick(int below) => (numbers[_next++ % numbers.Count] & int.MaxValue) % below;

    private T Pick<T>(params T[] values) => values[Pick(values.Length)];
}
