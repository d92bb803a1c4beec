using System.Net;
using System.Net.Sockets;
using CleverRemoteOperator.IntegrationTests.Servers;

namespace CleverRemoteOperator.IntegrationTests.Operation;

/// <summary>What cannot be started with ends with one clear line each and no stack trace.</summary>
public sealed class BadInputTests
{
    [Fact]
    public async Task No_cluster() =>
        Assert.Contains("no cluster", await RefusedAsync([]), StringComparison.OrdinalIgnoreCase);

    [Fact]
    public async Task An_unknown_variable_with_the_one_that_was_probably_meant()
    {
        var output = await RefusedAsync(new() { ["CLEVER_OPERATOR_API_TOKN"] = "a-token", ["CLEVER_OPERATOR_OPERATOR_RESINK"] = "1m" });

        Assert.Contains("CLEVER_OPERATOR_API_TOKEN", output, StringComparison.Ordinal);
        Assert.Contains("CLEVER_OPERATOR_OPERATOR_RESYNC", output, StringComparison.Ordinal);
        Assert.DoesNotContain("a-token", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_without_its_token()
    {
        var output = await RefusedAsync(new() { ["CLEVER_OPERATOR_API_SECRET"] = "very-secret" });

        Assert.Contains("token", output, StringComparison.Ordinal);
        Assert.DoesNotContain("very-secret", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var output = await RefusedAsync(exitCode: 1, environment: new()
        {
            ["CLEVER_OPERATOR_OPERATOR_LISTEN"] = taken.LocalEndpoint.ToString()!,
            ["CLEVER_OPERATOR_CLUSTERS_EAST_KUBECONFIG"] = "apiVersion: v1",
        });

        Assert.Contains($"{taken.LocalEndpoint}: the port is already in use", output.Split('\n')[^1], StringComparison.Ordinal);
    }

    /// <summary>Starts an operator that must end with this exit code, and returns what it wrote.</summary>
    private static async Task<string> RefusedAsync(Dictionary<string, string> environment, int exitCode = 2)
    {
        var folder = Directory.CreateTempSubdirectory("operator-").FullName;
        try
        {
            await using var process = new OperatorProcess(folder, environment);
            Assert.True(await process.ExitAsync() == exitCode, process.Output);
            Assert.DoesNotContain("   at ", process.Output, StringComparison.Ordinal);
            return process.Output;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
