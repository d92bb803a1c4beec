using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using CleverRemoteOperator.Sandbox.CleverApi;
using CleverRemoteOperator.Sandbox.CleverApi.Authorization;
using CleverRemoteOperator.Sandbox.CleverApi.State;

namespace CleverRemoteOperator.Sandbox.Demo;

/// <summary><c>clever-api</c>: the sandbox's Clever API alone, until a signal ends it.</summary>
internal static class CleverApiCommand
{
    private const int BadInput = 2;

    public static Command Create()
    {
        var listen = ListenOption.Create(example: 8081);
        var state = new Option<string?>("--state") { Description = "File that keeps the state over a restart." };
        var latency = new Option<TimeSpan>("--latency") { Description = "How long each answer is held back, such as 50ms or 2s.", CustomParser = ParseLatency };
        var accounts = new Option<Account[]>("--account") { Description = "One more account, as token:secret:bearer:organisation.", CustomParser = ParseAccounts, AllowMultipleArgumentsPerToken = false };
        var command = new Command("clever-api", "Serves the Clever API in memory over plain HTTP.") { listen, state, latency, accounts };
        command.SetAction((result, cancellationToken) => RunAsync(
            new CleverApiServerOptions
            {
                Listen = result.GetValue(listen)!,
                StateFile = result.GetValue(state),
                Latency = result.GetValue(latency),
                Accounts = [.. Account.Defaults, .. result.GetValue(accounts) ?? []],
            },
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CleverApiServerOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await using var server = await CleverApiServer.StartAsync(options, cancellationToken);
            await Console.Out.WriteLineAsync($"Clever API ready at {server.Address}");
            await Task.Delay(Timeout.InfiniteTimeSpan, options.TimeProvider, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return 0;
        }
        catch (Exception exception) when (exception is StateFileException or IOException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return BadInput;
        }
    }

    private static TimeSpan ParseLatency(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var (number, unit) = text.EndsWith("ms", StringComparison.Ordinal) ? (text[..^2], TimeSpan.FromMilliseconds(1))
            : text.EndsWith('s') ? (text[..^1], TimeSpan.FromSeconds(1))
            : ("", TimeSpan.Zero);
        if (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return unit * count;
        }

        result.AddError($"--latency '{text}' is not allowed; a whole number with ms or s is, such as 50ms");
        return default;
    }

    private static Account[] ParseAccounts(ArgumentResult result)
    {
        var accounts = new List<Account>();
        foreach (var token in result.Tokens)
        {
            // The text holds credentials: the message does not repeat it.
            if (!Account.TryParse(token.Value, out var account, out var problem))
            {
                result.AddError($"--account number {accounts.Count + 1}: {problem}");
                return [];
            }

            if (Account.Defaults.Concat(accounts).Any(other => other.Token == account.Token || other.Bearer == account.Bearer))
            {
                result.AddError($"--account number {accounts.Count + 1}: its token or bearer is another account's; each must be its own");
                return [];
            }

            accounts.Add(account);
        }

        return [.. accounts];
    }
}
