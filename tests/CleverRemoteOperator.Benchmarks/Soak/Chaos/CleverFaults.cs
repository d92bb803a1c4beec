using CleverRemoteOperator.Benchmarks.Bed;
using CleverRemoteOperator.Sandbox.CleverApi.Control;

namespace CleverRemoteOperator.Benchmarks.Soak.Chaos;

/// <summary>The Clever API fails: answers lost before and after the effect, no answers, 5xx, and both forms of rate limit.</summary>
internal sealed class CleverFaults(TestBed bed, Journal journal, Dice dice, TimeProvider time)
{
    private const string Addons = "/v2/organisations/{id}/addons";
    private const string OneAddon = Addons + "/{addonId}";

    private static readonly (string? Method, string? Route)[] Places =
        [("POST", Addons), ("POST", Addons), ("POST", Addons), ("GET", Addons), ("GET", OneAddon), ("DELETE", OneAddon), ("GET", OneAddon + "/env"), ("PUT", null), (null, null)];

    public async Task RunAsync(CancellationToken token)
    {
        while (true)
        {
            await Task.Delay(dice.Seconds(1, 8), time, token);
            IReadOnlyList<FaultRule> rules = [.. Enumerable.Range(0, dice.Number(1, 3)).Select(_ => Rule())];
            journal.Add("clever", $"Clever API fault: {string.Join("; ", rules.Select(Describe))}");
            bed.Clever.Faults.Set(rules);
            await Task.Delay(dice.Seconds(0.5, 4), time, token);
            bed.Clever.Faults.Set();
        }
    }

    private FaultRule Rule()
    {
        var (method, route) = dice.Pick(Places);
        var place = new FaultRule { Method = method, Route = route, Times = dice.Number(1, 4) };
        return dice.Number(1, 8) switch
        {
            1 or 2 => place with { Drop = FaultRule.DropAfter },
            3 => place with { Drop = FaultRule.DropBefore },
            4 => place with { Hang = true },
            5 => place with { LatencyMs = dice.Number(100, 3000) },
            6 => place with { Status = 429, Headers = new Dictionary<string, string> { ["Retry-After"] = "1" } },
            7 => place with { Status = 403 },
            _ => place with { Status = dice.Pick([500, 502, 503, 504]) },
        };
    }

    private static string Describe(FaultRule rule) =>
        $"{rule.Method ?? "any"} {rule.Route ?? "any"} x{rule.Times} "
        + (rule.Drop is { } moment ? $"dropped {moment} effect" : rule.Hang == true ? "hangs" : rule.LatencyMs is { } late ? $"{late} ms late" : $"{rule.Status}");
}
