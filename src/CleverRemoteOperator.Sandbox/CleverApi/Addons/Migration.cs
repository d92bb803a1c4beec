using System.Globalization;
using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.CleverApi.Addons;

/// <summary>A change of plan, region or version under way or past; <paramref name="Seed"/> is what the add-on gets with it.</summary>
internal sealed record Migration(string Id, string AddonId, string PlanId, string Region, string? Version, string Seed, DateTimeOffset RequestedAt, DateTimeOffset EndsAt, string Status)
{
    public const string Running = "RUNNING";
    public const string Done = "OK";
    public const string Aborted = "ABORTED";

    private static readonly string[] StepNames = ["RETRIEVE_ADDON", "CREATE_ADDON_ON_TARGET_CLUSTER", "DUMP_AND_RESTORE", "UPDATE_ADDON"];

    public bool IsDue(DateTimeOffset now) => Status == Running && now >= EndsAt;

    public Addon AppliedTo(Addon addon) => addon with { PlanId = PlanId, Region = Region, Version = Version, Seed = Seed };

    /// <summary>The API's document at <paramref name="now"/>, with the steps begun until then.</summary>
    public JsonObject Document(DateTimeOffset now) => new()
    {
        ["migrationId"] = Id,
        ["requestDate"] = Text(RequestedAt),
        ["status"] = Status,
        ["steps"] = new JsonArray([.. StepNames.Index().Where(step => Status == Done || StartOf(step.Index) <= now).Select(step => Step(step.Index, step.Item, now))]),
    };

    private JsonObject Step(int index, string name, DateTimeOffset now)
    {
        var end = StartOf(index + 1);
        var isOver = Status == Done || now >= end;
        var json = new JsonObject { ["value"] = name, ["status"] = isOver ? Done : Status, ["startDate"] = Text(StartOf(index)) };
        if (isOver)
        {
            json["endDate"] = Text(end);
        }

        return json;
    }

    private DateTimeOffset StartOf(int index) => RequestedAt + ((EndsAt - RequestedAt) * index / StepNames.Length);

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
