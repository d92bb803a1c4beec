using System.Net.Http.Json;
using CleverRemoteOperator.Sandbox.CleverApi.State;

namespace CleverRemoteOperator.Tests.Sandbox.CleverApi;

public sealed class StateFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("clever-api-").FullName;

    private string FilePath => Path.Combine(_folder, "state.json");

    [Fact]
    public async Task Add_ons_and_their_secrets_survive_a_restart()
    {
        IReadOnlyDictionary<string, string> before;
        await using (var api = await SandboxApi.StartAsync(options => options with { StateFile = FilePath }))
        {
            var addon = await api.CreateAsync();
            await api.Client.PutAsJsonAsync($"{SandboxApi.Addons}/{addon["id"]}/tags", new[] { "kept" });
            before = await api.EnvironmentAsync(addon);
        }

        await using var again = await SandboxApi.StartAsync(options => options with { StateFile = FilePath });
        var survivor = Assert.Single((await again.GetAsync(SandboxApi.Addons)).AsArray())!.AsObject();
        Assert.Equal(before, await again.EnvironmentAsync(survivor));
        Assert.Equal(["kept"], Assert.Single(again.Server.Addons.All).Tags);
        Assert.Equal([FilePath], Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("""{"addons":{}}""")]
    [InlineData("""{"addons":{"a":null},"migrations":{},"clusters":{}}""")]
    [InlineData("""{"addons":{"a":{"id":"a","realId":"b","ownerId":"o","name":"n","providerId":"gone","planId":"p","region":"par","seed":"s","createdAt":"2026-01-01T00:00:00Z"}},"migrations":{},"clusters":{}}""")]
    public async Task A_corrupt_file_is_named_in_one_line_and_left_alone(string content)
    {
        await File.WriteAllTextAsync(FilePath, content);
        var exception = await Assert.ThrowsAsync<StateFileException>(() => SandboxApi.StartAsync(options => options with { StateFile = FilePath }));

        Assert.Contains(FilePath, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
        Assert.Equal(content, await File.ReadAllTextAsync(FilePath));
    }

    [Fact]
    public async Task A_missing_folder_is_told_at_the_start()
    {
        var path = Path.Combine(_folder, "missing", "state.json");
        var exception = await Assert.ThrowsAsync<StateFileException>(() => SandboxApi.StartAsync(options => options with { StateFile = path }));

        Assert.Contains("folder does not exist", exception.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
