using System.Globalization;
using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.CleverApi.Addons;

/// <summary>A change of plan, region or version under way or past; <paramref name="Seed"/> is what the add-on gets with it.</summary>
/// <param name="EndsAt">When it is done, or has failed and, if it recovers, begins to do so for as long again.</param>
/// <param name="Outcome">How it ends: <c>OK</c>, <c>FAILED</c> or <c>RECOVERED</c>.</param>
internal sealed record Migration(
    string Id, string AddonId, string PlanId, string Region, string? Version, string Seed, DateTimeOffset RequestedAt, DateTimeOffset EndsAt, string Status,
    string Outcome = Migration.Done)
{
    public const string Running = "RUNNING";
    public const string Done = "OK";
    public const string Failed = "FAILED";
    public const string Aborted = "ABORTED";
    public const string Recovering = "RECOVERING";
    public const string Recovered = "RECOVERED";

    private const string DirectHost = "direct-host-only";
    private const string KeepsReaders = "postgresql-addon";
    private const int FailingStep = 2;
    private static readonly string[] StepNames = ["RETRIEVE_ADDON", "CREATE_ADDON_ON_TARGET_CLUSTER", "DUMP_AND_RESTORE", "UPDATE_ADDON"];

    /// <summary>True while no other migration of the add-on may begin.</summary>
    public bool IsActive => Status is Running or Recovering;

    private DateTimeOffset RecoversAt => EndsAt + (EndsAt - RequestedAt);

    public bool IsDue(DateTimeOffset now) => (Status == Running && now >= EndsAt) || (Status == Recovering && now >= RecoversAt);

    /// <summary>The migration in its next status.</summary>
    public Migration Advanced() => this with { Status = Status == Recovering ? Recovered : Outcome == Recovered ? Recovering : Outcome };

    /// <summary>The add-on after it: other access, no direct host any more, and users that may only read are left to PostgreSQL alone.</summary>
    public Addon AppliedTo(Addon addon) => addon with
    {
        PlanId = PlanId,
        Region = Region,
        Version = Version,
        Seed = Seed,
        Options = addon.Options.Where(option => option.Key != DirectHost).ToDictionary(),
        ReadOnlyUsers = addon.ProviderId == KeepsReaders ? addon.ReadOnlyUsers : [],
        EnvironmentChanges = new Dictionary<string, string?>(),
    };

    /// <summary>The API's document at <paramref name="now"/>, with the steps begun until then.</summary>
    public JsonObject Document(DateTimeOffset now) => new()
    {
        ["migrationId"] = Id,
        ["requestDate"] = Text(RequestedAt),
        ["status"] = Status,
        ["steps"] = new JsonArray([.. StepNames.Index().Take(HasFailed ? FailingStep + 1 : StepNames.Length)
            .Where(step => Status == Done || HasFailed || StartOf(step.Index) <= now).Select(step => Step(step.Index, step.Item, now))]),
    };

    private bool HasFailed => Status is Failed or Recovering or Recovered;

    private JsonObject Step(int index, string name, DateTimeOffset now)
    {
        var end = StartOf(index + 1);
        var isOver = Status == Done || HasFailed || now >= end;
        var json = new JsonObject
        {
            ["value"] = name,
            ["status"] = HasFailed && index == FailingStep ? Failed : isOver ? Done : Status,
            ["startDate"] = Text(StartOf(index)),
        };
        if (isOver)
        {
            json["endDate"] = Text(end);
        }

        return json;
    }

    private DateTimeOffset StartOf(int index) => RequestedAt + ((EndsAt - RequestedAt) * index / StepNames.Length);

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
