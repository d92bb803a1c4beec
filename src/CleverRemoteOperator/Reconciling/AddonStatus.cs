using System.Globalization;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Kubernetes;

namespace CleverRemoteOperator.Reconciling;

/// <summary>A resource's status while a pass works on it: what the server has, and what it shall have.</summary>
internal sealed class AddonStatus(AddonResource resource, TimeProvider clock)
{
    private readonly JsonObject _before = resource.Status.ToObject() ?? [];
    private readonly JsonObject _after = resource.Status.ToObject() ?? [];

    /// <summary>Id of the add-on, as last written; a hint, since whoever may write the status may forge it.</summary>
    public string? Addon => Text("addon");

    /// <summary>Organisation that holds the add-on.</summary>
    public string? Organisation => Text("organisation");

    /// <summary>Which source the add-on's credentials came from.</summary>
    public string? CredentialSource => Text("credentialSource");

    /// <summary>Which account the add-on was created by.</summary>
    public string? Account => Text("account");

    /// <summary>True when the server's status carries conditions at all: a CRD of the reference operator drops them.</summary>
    public bool HadConditions => _before["conditions"] is JsonArray { Count: > 0 };

    /// <summary>True when the server's status says Ready for this very generation.</summary>
    public bool WasReady => Before(ConditionType.Ready) is { } ready && IsText(ready["status"], "True")
        && ready["observedGeneration"] is JsonValue generation && generation.TryGetValue<long>(out var observed) && observed == resource.Generation;

    /// <summary>True when the server's status says that it is not known whether the condition is met.</summary>
    public bool WasUnknown(string condition) => IsText(Before(condition)?["status"], "Unknown");

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

        var old = conditions.OfType<JsonObject>().FirstOrDefault(condition => IsText(condition["type"], type));
        var since = old is not null && IsText(old["status"], status) && old["lastTransitionTime"] is { } time
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
            ["message"] = message,
            ["lastTransitionTime"] = since,
            ["observedGeneration"] = resource.Generation,
        });
    }

    /// <summary>Sets what is known of the add-on and whose it is.</summary>
    public void ReportAddon(Placement placement, CleverAddon addon, bool isNew)
    {
        Set("addon", addon.Id);
        Set("addonRealId", addon.RealId);
        Set("organisation", placement.Organisation);
        Set("credentialSource", placement.Credentials.SourceName);
        Set("account", placement.Account ?? Account);
        Set("plan", addon.Plan.Slug);
        Set("region", addon.Region);
        SetCondition(
            ConditionType.AddonReady, "True", isNew ? Reason.Created : Reason.Found, $"add-on {addon.Id} in organisation {placement.Organisation}");
    }

    /// <summary>Sets the fields that the add-on's environment tells.</summary>
    public void ReportEnvironment(AddonKind kind, IReadOnlyDictionary<string, string> environment)
    {
        foreach (var field in kind.StatusFromEnvironment)
        {
            Set(field.Name, environment.GetValueOrDefault(field.Variable));
        }

        if (kind.TakesVersion && environment.FirstOrDefault(pair => pair.Key.EndsWith("_VERSION", StringComparison.Ordinal)).Value is { } version)
        {
            Set("version", version);
        }
    }

    /// <summary>Sets the condition a problem breaks, and Ready with it.</summary>
    public void Report(AddonProblem problem)
    {
        var message = problem.Message.Length <= 1024 ? problem.Message : problem.Message[..1024];
        if (problem.Condition != ConditionType.Ready)
        {
            SetCondition(problem.Condition, problem.IsUnknown ? "Unknown" : "False", problem.Reason, message);
        }

        SetCondition(ConditionType.Ready, "False", problem.Reason, message);
        _after["observedGeneration"] = resource.Generation;
    }

    /// <summary>Sets Ready: add-on and Secret are there.</summary>
    public void ReportReady(string reason, string message)
    {
        SetCondition(ConditionType.Ready, "True", reason, message);
        _after["observedGeneration"] = resource.Generation;
    }

    /// <summary>Reason of the Ready condition the server has, and the one it shall have; null where there is none.</summary>
    public (string? Before, string? After, string? Message) ReadyReason()
    {
        var after = Find(_after, ConditionType.Ready);
        return (JsonAnswer.Text(Before(ConditionType.Ready), "reason") is { Length: > 0 } before ? before : null, (string?)after?["reason"], (string?)after?["message"]);
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
                patch[field] = _after[field]?.DeepClone();
            }
        }

        return patch.Count == 0 ? null : new JsonObject { ["status"] = patch };
    }

    private JsonObject? Before(string type) => Find(_before, type);

    private static JsonObject? Find(JsonObject status, string type) =>
        (status["conditions"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(condition => IsText(condition["type"], type));

    private string? Text(string field) => _after[field] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;

    private static bool IsText(JsonNode? node, string text) => node is JsonValue value && value.TryGetValue<string>(out var actual) && actual == text;
}
