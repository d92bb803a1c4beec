using System.Globalization;

namespace CleverRemoteOperator.Sandbox.Demo;

/// <summary>One line as a resource becomes Ready, fails or goes: for pipes and CI.</summary>
internal sealed class PlainScreen(TextWriter output) : IDemoScreen
{
    public async Task FollowAsync(DemoBoard board, bool everything, CancellationToken token)
    {
        try
        {
            await foreach (var row in board.Changes.ReadAllAsync(token))
            {
                Write(row);
            }
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // What happened before the end still belongs on the screen.
            while (board.Changes.TryRead(out var row))
            {
                Write(row);
            }
        }
    }

    public void ShowAll(IReadOnlyList<DemoRow> rows)
    {
        // Each has had its line.
    }

    private void Write(DemoRow row)
    {
        if (row.State is DemoState.Waiting or DemoState.Deleting)
        {
            return;
        }

        var key = row.Key;
        var took = row.Took is { } time ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds,6:0.00} s") : "";
        output.WriteLine($"{row.State,-8} {key.Cluster,-8} {key.Namespace,-8} {key.Type.Kind,-14} {key.Name,-23} {took,8} {row.Reason,-10} {row.Addon,-42} {row.Organisation}".TrimEnd());
        if (row.NeedsAttention)
        {
            output.WriteLine("         " + row.Message);
        }
    }
}
