using Spectre.Console;

namespace CleverRemoteOperator.Sandbox.Demo;

/// <summary>A table on a terminal that changes in place.</summary>
internal sealed class LiveScreen(IAnsiConsole console, TimeProvider time) : IDemoScreen
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);

    public async Task FollowAsync(DemoBoard board, bool everything, CancellationToken token)
    {
        HashSet<DemoKey> changed = [];
        TakeChanges(board, everything ? changed : []);
        await console.Live(Table(board, everything, changed)).AutoClear(everything).StartAsync(async live =>
        {
            while (!token.IsCancellationRequested)
            {
                TakeChanges(board, changed);
                live.UpdateTarget(Table(board, everything, changed));
                await Task.Delay(Tick, time, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        });
    }

    public void ShowAll(IReadOnlyList<DemoRow> rows) => console.Write(new DemoTable(time).Render(rows, console.Profile.Width));

    private static void TakeChanges(DemoBoard board, HashSet<DemoKey> changed)
    {
        while (board.Changes.TryRead(out var row))
        {
            changed.Add(row.Key);
        }
    }

    private Rows Table(DemoBoard board, bool everything, HashSet<DemoKey> changed)
    {
        var rows = board.Rows;
        var table = new DemoTable(time);
        var shown = everything ? rows : [.. rows.Where(row => changed.Contains(row.Key))];
        var summary = new Markup(DemoTable.Summary(rows) + (everything ? "" : ". What changes shows here; Ctrl-C ends."));
        // Below the lines to try there is less room, or they would be pushed out.
        return new Rows(summary, table.Render(DemoTable.Fit(shown, everything ? console.Profile.Height : console.Profile.Height / 2), console.Profile.Width));
    }
}
