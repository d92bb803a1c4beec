namespace CleverRemoteOperator.Commands.Screens;

/// <summary>Shows the same again and again: on a terminal in its place, elsewhere when it changed.</summary>
internal sealed class Redrawing(TextWriter output, Terminal terminal, TimeProvider time, TimeSpan period)
{
    private const string Home = "\e[H";
    private const string ClearLine = "\e[K";
    private const string ClearRest = "\e[J";
    private const string ClearAll = "\e[2J";

    // So many of the last lines stay in sight: the sums.
    private const int Tail = 8;

    /// <summary>Runs until cancelled, then throws as anything cancelled does.</summary>
    /// <param name="look">Gives what is to be shown, and what of it counts as a change: ages do not.</param>
    public async Task RunAsync(Func<Task<(string Text, string Content)>> look, CancellationToken token)
    {
        string? before = null;
        while (true)
        {
            var (text, content) = await look();
            if (terminal.Redraws)
            {
                // What is written over does not flicker.
                await output.WriteAsync((before is null ? ClearAll : "") + Home + Fit(text, terminal.Height).Replace("\n", ClearLine + "\n", StringComparison.Ordinal) + ClearRest);
            }
            else if (content != before)
            {
                await output.WriteAsync(before is null ? text : "\n" + text);
            }

            await output.FlushAsync(token);
            before = content;
            await Task.Delay(period, time, token);
        }
    }

    /// <summary>The beginning, where the problems are, and the end with the sums, in as many lines as there are.</summary>
    public static string Fit(string text, int height)
    {
        var lines = text.TrimEnd('\n').Split('\n');
        var tail = Math.Min(Tail, height / 2);
        return lines.Length < height
            ? text
            : string.Concat([.. lines.Take(height - tail - 2).Append($"… {lines.Length - height + 2} more lines").Concat(lines.TakeLast(tail)).Select(line => line + "\n")]);
    }
}
