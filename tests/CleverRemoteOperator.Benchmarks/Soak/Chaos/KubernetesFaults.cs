using CleverRemoteOperator.Benchmarks.Bed;
using CleverRemoteOperator.Sandbox.KubernetesApi.Faults;

namespace CleverRemoteOperator.Benchmarks.Soak.Chaos;

/// <summary>One cluster's API fails the operators, and only them: single requests, watches, and all of it for a while.</summary>
internal sealed class KubernetesFaults(BedCluster cluster, Journal journal, Dice dice, TimeProvider time)
{
    private const string Operator = "clever-remote-operator";

    private static readonly string?[] Verbs = [null, null, "get", "list", "watch", "patch", "update", "create"];

    private static readonly Fault[] Faults =
    [
        new Fault.Drop(), new Fault.Drop(AfterEffect: true), new Fault.Drop(AfterEffect: true), new Fault.HangBeforeHeaders(), new Fault.HangAfterHeaders(),
        new Fault.Latency(TimeSpan.FromSeconds(2)), Fault.TooManyRequests(1), Fault.ServerError(500), Fault.ServerError(503), Fault.ServerError(504),
        Fault.Gone, Fault.GoneEvent, Fault.TruncatedLine, Fault.GarbageLine, Fault.UnknownEventType, Fault.WrongKind,
    ];

    public async Task RunAsync(CancellationToken token)
    {
        (int, Func<Task>)[] deeds =
        [
            (60, () => FailAsync(token)), (10, () => Do("watches closed", cluster.Server.CloseWatches)),
            (10, () => Do("history expired", ExpireHistory)), (10, () => Do("bookmarks sent", cluster.Server.SendBookmarks)), (5, () => BlackOutAsync(token)),
            (8, () => Do("some watches deafened", Deafen)),
        ];
        while (true)
        {
            await Task.Delay(dice.Seconds(2, 10), time, token);
            await dice.Pick<Func<Task>>(deeds)();
        }
    }

    private async Task FailAsync(CancellationToken token)
    {
        for (var rules = dice.Number(1, 3); rules > 0; rules--)
        {
            var fault = dice.Pick(Faults);
            // 410 is an answer to a watch or a list only.
            var verb = fault.OnlyWatches ? "watch" : ReferenceEquals(fault, Fault.Gone) ? dice.Pick(["watch", "list"]) : dice.Pick(Verbs);
            var rule = new FaultRule(fault) { Verb = verb, UserAgent = Operator, Times = dice.Number(1, 5) };
            journal.Add(cluster.Name, $"Kubernetes API fault: {verb ?? "any"} x{rule.Times} {Name(fault)}");
            cluster.Server.Faults.Add(rule);
        }

        await Task.Delay(dice.Seconds(1, 5), time, token);
        cluster.Server.Faults.Clear();
    }

    // Longer than a Lease lasts: another instance, or none, serves the cluster afterwards.
    private async Task BlackOutAsync(CancellationToken token)
    {
        Fault fault = dice.Percent(50) ? new Fault.HangBeforeHeaders() : new Fault.Drop();
        journal.Add(cluster.Name, $"Kubernetes API gone: {Name(fault)}");
        cluster.Server.Faults.Add(new FaultRule(fault) { UserAgent = Operator });
        cluster.Server.CloseWatches();
        await Task.Delay(dice.Seconds(8, 20), time, token);
        cluster.Server.Faults.Clear();
        journal.Add(cluster.Name, "Kubernetes API back");
    }

    private void ExpireHistory()
    {
        cluster.Server.ExpireHistory();
        cluster.Server.CloseWatches();
    }

    // Some watches are opened anew and never told anything, while the others go on: what is known of one kind of object grows old.
    private void Deafen()
    {
        cluster.Server.Faults.Add(new FaultRule(new Fault.HangAfterHeaders()) { Verb = "watch", UserAgent = Operator, Times = dice.Number(1, 4) });
        cluster.Server.CloseWatches();
    }

    private Task Do(string what, Action action)
    {
        journal.Add(cluster.Name, what);
        action();
        return Task.CompletedTask;
    }

    private static string Name(Fault fault) => fault switch
    {
        Fault.Refuse refusal => $"{refusal.Code}",
        Fault.WatchLine line => $"line {line.Text[..Math.Min(line.Text.Length, 28)].TrimEnd()}",
        Fault.Drop { AfterEffect: true } => "dropped after effect",
        Fault.Drop => "dropped before effect",
        _ => fault.GetType().Name,
    };
}
