using System.Globalization;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Configuration.Texts;

namespace CleverRemoteOperator.Reconciling.Observing;

/// <summary>
/// The last change of plan, region or version that the operator asked for, as the status records it: written before it is asked for,
/// so that one that got no answer is found again. A hint like all of the status: whether one runs is asked of the API.
/// </summary>
/// <param name="Id">The API's id; empty until it is known.</param>
/// <param name="Status"><see cref="Requested"/>, <see cref="Refused"/>, <see cref="Updating"/>, or the API's own word.</param>
/// <param name="Step">The step it is at, or ended at; empty before the first.</param>
/// <param name="Since">When it was asked for, by the operator's clock, for people and for the pace of looking.</param>
/// <param name="Follows">Id of the newest one there was before; empty when there was none.</param>
internal sealed record Migration(string Id, string Status, string Step, DateTimeOffset Since, MigrationTarget Target, string Follows)
{
    /// <summary>Field of the status.</summary>
    public const string Field = "migration";

    /// <summary>About to be asked for, or asked for without an answer.</summary>
    public const string Requested = "REQUESTED";

    /// <summary>The API did not want it.</summary>
    public const string Refused = "REFUSED";

    /// <summary>An update of the version, which has no id and no steps.</summary>
    public const string Updating = "UPDATING";

    /// <summary>The API does not know it any more, so nobody knows how it ended.</summary>
    public const string Lost = "UNKNOWN";

    /// <summary>The API's words for how one ended.</summary>
    public const string Done = "OK", Failed = "FAILED", Aborted = "ABORTED", Recovered = "RECOVERED";

    /// <summary>True until the API said how it ended.</summary>
    public bool IsOpen => Status is not (Refused or Done) && !HasFailed;

    /// <summary>True when it was tried and the add-on is as it was.</summary>
    public bool HasFailed => Status is Failed or Aborted or Recovered or Lost;

    /// <summary>What names this one attempt, for people.</summary>
    public string Name => Id.Length > 0 ? Id : $"update-{Since.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}";

    /// <summary>The one among those the API tells of; null when it tells of none.</summary>
    public CleverMigration? In(IReadOnlyList<CleverMigration> migrations)
    {
        if (Id.Length > 0)
        {
            return migrations.FirstOrDefault(migration => migration.Id == Id);
        }

        // Times of the API's clock are compared with each other, and never with ours.
        var before = migrations.FirstOrDefault(migration => migration.Id == Follows);
        return migrations.Where(migration => migration.Id != Follows && (before is null || migration.RequestedAt > before.RequestedAt))
            .MaxBy(migration => migration.RequestedAt);
    }

    /// <summary>The same as the API tells of it now.</summary>
    public Migration As(CleverMigration told) => this with
    {
        Id = told.Id,
        Status = Printable.Of(told.StatusText, 64),
        Step = Printable.Of(told.Step ?? "", 64),
    };

    /// <summary>What a status records; null when it records none, or nothing that can be read.</summary>
    public static Migration? Read(JsonObject? status)
    {
        var json = status?[Field] as JsonObject;
        string Text(string name) => json?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
        return Text("status") is { Length: > 0 } state && DateTimeOffset.TryParse(Text("since"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since)
            ? new Migration(Text("id"), state, Text("step"), since, new MigrationTarget(Text("plan"), Text("region"), Text("version")), Text("follows"))
            : null;
    }

    /// <summary>As the status records it.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject();
        foreach (var (name, text) in new[]
        {
            ("id", Id), ("status", Status), ("step", Step), ("since", Since.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)),
            ("plan", Target.Plan), ("region", Target.Region), ("version", Target.Version), ("follows", Follows),
        })
        {
            if (text.Length > 0)
            {
                json[name] = text;
            }
        }

        return json;
    }
}

/// <summary>What a migration is to make of an add-on, in the words of the catalogue.</summary>
/// <param name="Version">Empty when none is asked for.</param>
internal sealed record MigrationTarget(string Plan, string Region, string Version)
{
    /// <summary>What a spec asks for, in its own words.</summary>
    public static MigrationTarget Of(AddonSpec spec) => new(spec.Plan ?? "", spec.Region ?? "", spec.Version ?? "");

    /// <summary>As a status records it; null when it records none.</summary>
    public static MigrationTarget? Read(JsonNode? json) => json is JsonObject
        ? new MigrationTarget(json.Text("plan") ?? "", json.Text("region") ?? "", json.Text("version") ?? "")
        : null;

    /// <summary>As the status records it.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject();
        foreach (var (name, text) in new[] { ("plan", Plan), ("region", Region), ("version", Version) }.Where(field => field.Item2.Length > 0))
        {
            json[name] = text;
        }

        return json;
    }

    public override string ToString() => $"plan {Plan}, region {Region}" + (Version.Length > 0 ? $", version {Version}" : "");
}
