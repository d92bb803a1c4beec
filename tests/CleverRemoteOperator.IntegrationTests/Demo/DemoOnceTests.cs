using System.Diagnostics;
using CleverRemoteOperator.IntegrationTests.CleverTools;
using CleverRemoteOperator.Sandbox.CleverApi.Control;
using CleverRemoteOperator.Sandbox.Demo;

namespace CleverRemoteOperator.IntegrationTests.Demo;

/// <summary>The sandbox's command without a name, with <c>--once</c>.</summary>
public sealed class DemoOnceTests : IDisposable
{
    private const string Program = "clever-remote-operator-sandbox.dll";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // The demo's temporary files go here, and must be gone in the end.
    private readonly string _folder = Directory.CreateTempSubdirectory("demo-").FullName;

    [Fact]
    public async Task Every_example_becomes_Ready_in_both_clusters()
    {
        var result = await Finished.RunAsync(Command("--once"), Patience);

        Assert.True(result.ExitCode == 0, result.ToString());
        var lines = result.Output.Split('\n').Where(line => line.StartsWith("Ready ", StringComparison.Ordinal)).ToList();
        Assert.Equal(42, lines.Count);
        foreach (var cluster in new[] { "paris", "montreal" })
        {
            Assert.Equal(16, lines.Select(Words).Where(words => words[1] == cluster).Select(words => words[3]).Distinct().Count());
        }

        Assert.All(lines, line => Assert.EndsWith(Words(line)[2] == "team-b" ? "000000000002" : "000000000001", line, StringComparison.Ordinal));
        Assert.Contains("42 of 42 resources Ready after", result.Output, StringComparison.Ordinal);
        Assert.Empty(result.Error);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task What_the_Clever_API_refuses_is_told_and_the_exit_code_is_1()
    {
        using StringWriter output = new();
        using StringWriter error = new();
        DemoOptions options = new()
        {
            Once = true,
            Patience = TimeSpan.FromSeconds(10),
            Faults = [new FaultRule { Method = "POST", Route = "/v2/organisations/{id}/addons", Status = 401 }],
        };

        var exitCode = await DemoCommand.RunAsync(options, new PlainScreen(output), output, error, CancellationToken.None);

        Assert.Equal(1, exitCode);
        Assert.Contains("0 of 42 resources Ready, ", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("not Ready: paris/default Azimutt example-azimutt: Unauthorized: Clever Cloud does not accept the credentials; renew the token. POST /v2/organisations", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_option_is_one_line_and_exit_code_2()
    {
        var result = await Finished.RunAsync(Command("--twice"), Patience);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--twice", Assert.Single(result.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private ProcessStartInfo Command(params string[] arguments) =>
        new("dotnet", [Path.Combine(AppContext.BaseDirectory, Program), .. arguments]) { Environment = { ["TMPDIR"] = _folder } };
}
