using System.CommandLine;
using System.Globalization;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Observability.Pages;
using Spectre.Console;

namespace CleverRemoteOperator.Sandbox.Demo;

/// <summary>The command without a name: the whole demo, until a signal ends it or, with <c>--once</c>, until all is Ready.</summary>
internal static class DemoCommand
{
    private const int Success = 0;
    private const int Failure = 1;

    public static RootCommand Create()
    {
        var once = new Option<bool>("--once") { Description = "End as soon as all is Ready, with exit code 0; with 1 when it is not after 60 seconds." };
        var command = new RootCommand(
            "Clever Remote Operator in a sandbox: two Kubernetes APIs and a Clever API in memory, the operator, and the examples.\n"
            + "Nothing leaves this machine and nothing is billed. It serves until Ctrl-C; a live table shows every resource.\n"
            + $"Ports, where they are free: {DemoOptions.ParisPort} (paris), {DemoOptions.MontrealPort} (montreal), {DemoOptions.CleverApiPort} (Clever API).") { once };
        command.SetAction((result, token) => RunAsync(new() { Once = result.GetValue(once) }, Screen(), Console.Out, Console.Error, token));
        return command;
    }

    /// <summary>Runs the demo; gives the exit code.</summary>
    public static async Task<int> RunAsync(DemoOptions options, IDemoScreen screen, TextWriter output, TextWriter error, CancellationToken token)
    {
        try
        {
            var started = options.TimeProvider.GetTimestamp();
            await output.WriteLineAsync("Starting two Kubernetes APIs, the Clever API and the operator …");
            await using var world = await DemoWorld.StartAsync(options, token);
            var isReady = await BecomesReadyAsync(world.Board, screen, options, token);
            var rows = world.Board.Rows;
            screen.ShowAll(rows);
            var took = options.TimeProvider.GetElapsedTime(started).TotalSeconds;
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{DemoTable.Summary(rows)} after {took:0.0} s"));
            if (!isReady)
            {
                await ExplainAsync(rows, error);
            }

            if (options.Once || token.IsCancellationRequested)
            {
                return isReady || !options.Once ? Success : Failure;
            }

            await DemoTrials.WriteAsync(world.Folder, token);
            await output.WriteLineAsync(DemoHints.Render(world));
            await screen.FollowAsync(world.Board, everything: false, token);
            return Success;
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return options.Once ? Failure : Success;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or KubernetesApiException or ListenerException)
        {
            await error.WriteLineAsync("error: " + failure.Message);
            return Failure;
        }
    }

    private static async Task<bool> BecomesReadyAsync(DemoBoard board, IDemoScreen screen, DemoOptions options, CancellationToken token)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(token);
        var following = screen.FollowAsync(board, everything: true, end.Token);
        await Task.WhenAny(board.AllReady, Task.Delay(options.Patience, options.TimeProvider, end.Token), following);
        await end.CancelAsync();
        await following;
        return board.AllReady.IsCompletedSuccessfully;
    }

    private static async Task ExplainAsync(IReadOnlyList<DemoRow> rows, TextWriter error)
    {
        foreach (var row in rows.Where(row => row.State is not (DemoState.Ready or DemoState.Gone)))
        {
            var why = row.Reason.Length == 0 ? "the operator has said nothing yet" : $"{row.Reason}: {row.Message}";
            await error.WriteLineAsync($"not Ready: {row.Key.Cluster}/{row.Key.Namespace} {row.Key.Type.Kind} {row.Key.Name}: {why}");
        }
    }

    private static IDemoScreen Screen()
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings());
        return console.Profile is { Out.IsTerminal: true, Capabilities.Ansi: true } ? new LiveScreen(console, TimeProvider.System) : new PlainScreen(Console.Out);
    }
}
