using System.Globalization;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Configuration.Texts;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Reconciling.Deciding;
using CleverRemoteOperator.Reconciling.Observing;

namespace CleverRemoteOperator.Reconciling.Acting;

/// <summary>A resource's status as it shall be, begun from what the server has.</summary>
internal sealed class StatusDraft(AddonResource resource, TimeProvider clock)
{
    private const int MaxMessage = 1024;

    private readonly JsonObject _before = resource.Status.ToObject() ?? [];
    private readonly JsonObject _after = resource.Status.ToObject() ?? [];

    /// <summary>Sets a field; null removes it.</summary>
    public void Set(string field, string? value)
    {
        if (value is null)
        {
            _after.Remove(field);
        }
        else
        {
            _after[field] = value;
        }
    }

    /// <summary>Sets a condition; its transition time moves only when its status does.</summary>
    public void SetCondition(string type, string status, string reason, string message)
    {
        if (_after["conditions"] is not JsonArray conditions)
        {
            _after["conditions"] = conditions = [];
        }

        var old = new ResourceStatus(_after, resource.Generation).Condition(type);
        var since = old.Text("status") == status && old?["lastTransitionTime"] is { } time
            ? time.DeepClone()
            : clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        var index = old is null ? conditions.Count : conditions.IndexOf(old);
        if (old is not null)
        {
            conditions.RemoveAt(index);
        }

        conditions.Insert(index, new JsonObject
        {
            ["type"] = type,
            ["status"] = status,
            ["reason"] = reason,
            ["message"] = message.Length <= MaxMessage ? message : message[..MaxMessage],
            ["lastTransitionTime"] = since,
            ["observedGeneration"] = resource.Generation,
        });
    }

    /// <summary>Sets what is known beside the problem, and what it breaks.</summary>
    public void Report(Observation seen, Problem problem)
    {
        Known(seen);
        if (problem.Condition != ConditionType.Ready)
        {
            SetCondition(problem.Condition, problem.IsUnknown ? "Unknown" : "False", problem.Reason, problem.Message);
        }

        if (problem.Migration is { } migration)
        {
            SetMigration(migration);
        }

        SetWork(problem);
        SetReady(problem.KeepsReady && seen.Recorded.WasReady && !seen.IsLeaving ? "True" : "False", problem.Reason, problem.Message);
    }

    /// <summary>Sets the last change that was asked for; null removes it.</summary>
    public void SetMigration(Migration? migration)
    {
        if (migration is null)
        {
            _after.Remove(Migration.Field);
        }
        else
        {
            _after[Migration.Field] = migration.ToJson();
        }
    }

    /// <summary>Sets what is known of account and add-on.</summary>
    public void Known(Observation seen)
    {
        if (seen.Namespace is not null && !seen.IsLeaving)
        {
            Set("onDeletion", seen.OnDeletion);
        }

        if (seen.Account?.Account is not { } account || seen.IsLeaving)
        {
            return;
        }

        SetCondition(ConditionType.CredentialsResolved, "True", seen.Credentials!.Reason, $"{seen.Credentials.Message}, organisation {account.Organisation}");
        if (seen.Addon is { State: FindingState.Ours or FindingState.Unclaimed, Addon: { } addon } found
            && (found.State == FindingState.Ours || seen.Owner.UsesBareNames))
        {
            Set("addon", addon.Id);
            Set("addonRealId", addon.RealId);
            Set("organisation", account.Organisation);
            Set("credentialSource", account.Credentials.SourceName);
            Set("account", account.Id ?? new ResourceStatus(_before, resource.Generation).Text("account"));
            Set("plan", addon.Plan.Slug);
            Set("region", addon.Region);
            SetCondition(
                ConditionType.AddonReady, "True", found.IsNew ? Reason.Created : Reason.Found, $"add-on {addon.Id} in organisation {account.Organisation}");
        }
    }

    /// <summary>Sets what the add-on's environment tells, and that all is there.</summary>
    /// <param name="isAsAsked">True when the add-on is what the spec asks for.</param>
    public void Published(Observation seen, IReadOnlyDictionary<string, string> environment, bool isAsAsked)
    {
        Known(seen);
        foreach (var field in seen.Kind.StatusFromEnvironment)
        {
            Set(field.Name, environment.GetValueOrDefault(field.Variable));
        }

        if (seen.Kind.TakesVersion && environment.FirstOrDefault(pair => pair.Key.EndsWith("_VERSION", StringComparison.Ordinal)).Value is { } version)
        {
            Set("version", version);
        }

        SetSecret(seen.SecretName);
        Set("reconcileRequestedAt", seen.Steering.ReconcileRequestedAt);
        if (isAsAsked && !seen.Kind.HasOneLayout)
        {
            _after["applied"] = MigrationTarget.Of(seen.Spec!).ToJson();
        }

        SetWork(null);
        SetReady("True", Reason.Available, $"add-on {seen.Addon!.Addon!.Id}, {(seen.SecretName is { } name ? $"Secret {name}" : "no Secret")}");
    }

    // The name stands twice: where ours has always been, and where the Service Binding specification looks for it.
    private void SetSecret(string? name)
    {
        Set("secret", name);
        if (name is null)
        {
            _after.Remove("binding");
            SetCondition(ConditionType.SecretReady, "True", Reason.SecretDisabled, "no connection Secret is written, as spec.secret.enabled is false");
            return;
        }

        _after["binding"] = new JsonObject { ["name"] = name };
        SetCondition(ConditionType.SecretReady, "True", Reason.Published, $"the Secret {name} holds the add-on's environment");
    }

    // Absent, not False, when normal: as tools that wait for resources read them.
    private void SetWork(Problem? problem)
    {
        foreach (var (type, holds) in new[] { (ConditionType.Reconciling, problem?.IsWork == true), (ConditionType.Stalled, problem?.IsStalled == true) })
        {
            if (holds)
            {
                SetCondition(type, "True", problem!.Reason, problem.Message);
            }
            else if (_after["conditions"] is JsonArray conditions && new ResourceStatus(_after, resource.Generation).Condition(type) is { } old)
            {
                conditions.Remove(old);
            }
        }
    }

    /// <summary>Sets the summary.</summary>
    public void SetReady(string status, string reason, string message)
    {
        SetCondition(ConditionType.Ready, status, reason, message);
        _after["observedGeneration"] = resource.Generation;
    }

    /// <summary>Reason of the Ready condition the server has, and reason and message it shall have; null where there is none.</summary>
    public (string? Before, string? After, string? Message) ReadyReason()
    {
        var after = new ResourceStatus(_after, resource.Generation).Condition(ConditionType.Ready);
        var before = new ResourceStatus(_before, resource.Generation).Condition(ConditionType.Ready);
        return (before.Text("reason") is { Length: > 0 } text ? text : null, (string?)after?["reason"], (string?)after?["message"]);
    }

    /// <summary>The merge patch that makes the server's status this one; null when nothing differs.</summary>
    /// <param name="withConditions">False where the server drops them.</param>
    public JsonObject? MergePatch(bool withConditions)
    {
        var patch = new JsonObject();
        foreach (var field in _after.Select(pair => pair.Key).Union(_before.Select(pair => pair.Key)))
        {
            if ((withConditions || field != "conditions") && !JsonNode.DeepEquals(_before[field], _after[field]))
            {
                patch[field] = Patch(_before[field], _after[field]);
            }
        }

        return patch.Count == 0 ? null : new JsonObject { ["status"] = patch };
    }

    // What an object has no more must be named, or the server keeps it.
    private static JsonNode? Patch(JsonNode? before, JsonNode? after)
    {
        var patch = after?.DeepClone();
        if (patch is JsonObject fields && before is JsonObject old)
        {
            foreach (var gone in old.Select(pair => pair.Key).Where(name => !fields.ContainsKey(name)).ToList())
            {
                fields[gone] = null;
            }
        }

        return patch;
    }
}
