using System.Diagnostics;

namespace CleverRemoteOperator.IntegrationTests.CleverTools;

/// <summary>The command <c>clever-api</c> as a process of its own.</summary>
public sealed class CleverApiProcessTests : IDisposable
{
    private const string Program = "clever-remote-operator-sandbox.dll";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("clever-api-").FullName;

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task It_tells_its_address_serves_and_ends_well_on_a_signal(string signal)
    {
        using var process = Process.Start(Command("clever-api", "--listen", "127.0.0.1:0", "--account", "t:s:my-bearer:orga_00000000-0000-4000-8000-000000000009"))!;
        try
        {
            var line = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
            Assert.StartsWith("Clever API ready at http://127.0.0.1:", line, StringComparison.Ordinal);
            using var client = new HttpClient();
            client.DefaultRequestHeaders.Authorization = new("Bearer", "my-bearer");
            Assert.Contains("Sandbox 9", await client.GetStringAsync(new Uri(new Uri(line!["Clever API ready at ".Length..]), "/v2/organisations")), StringComparison.Ordinal);

            await Finished.RunAsync(new ProcessStartInfo("kill", [$"-{signal}", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]), Patience);
            await process.WaitForExitAsync().WaitAsync(Patience);
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            process.Kill();
        }
    }

    [Fact]
    public async Task A_corrupt_state_file_is_one_line_and_exit_code_2()
    {
        var path = Path.Combine(_folder, "state.json");
        await File.WriteAllTextAsync(path, "{");
        var result = await Finished.RunAsync(Command("clever-api", "--state", path), Patience);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(path, Assert.Single(result.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
        Assert.Equal("{", await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task A_taken_port_is_one_line_and_exit_code_2()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var result = await Finished.RunAsync(Command("clever-api", "--listen", taken.LocalEndpoint.ToString()!), Patience);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("address already in use", Assert.Single(result.Error.TrimEnd().Split('\n')), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_bad_option_is_one_line_and_exit_code_2()
    {
        var result = await Finished.RunAsync(Command("clever-api", "--latency", "soon"), Patience);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("such as 50ms", Assert.Single(result.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static ProcessStartInfo Command(params string[] arguments) => new("dotnet", [Path.Combine(AppContext.BaseDirectory, Program), .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };
}
