using CleverRemoteOperator.Sandbox.Demo;

namespace CleverRemoteOperator.Tests.Sandbox.KubernetesApi;

public sealed class ClusterCommandTests
{
    [Theory]
    [InlineData("--kubeconfig-out k --listen 127.0.0.1", "--listen '127.0.0.1' is not allowed; a loopback address with a port is, such as 127.0.0.1:6443")]
    [InlineData("--kubeconfig-out k --listen 192.0.2.1:6443", "--listen '192.0.2.1:6443' is not allowed; a loopback address with a port is, such as 127.0.0.1:6443")]
    [InlineData("--kubeconfig-out k --name Paris!", "--name 'Paris!' is not allowed; lower case letters, digits, '-' and '.' are, such as paris")]
    [InlineData("--name paris", "Option '--kubeconfig-out' is required.")]
    public void Bad_options_are_told_in_one_line(string arguments, string message) =>
        Assert.Equal(message, Assert.Single(ClusterCommand.Create().Parse(arguments.Split(' ')).Errors).Message);

    [Fact]
    public async Task It_writes_the_kubeconfigs_for_their_owner_only_and_ends_well_when_told_to()
    {
        var folder = Directory.CreateTempSubdirectory("cluster-");
        var (admin, viewer) = (Path.Combine(folder.FullName, "admin"), Path.Combine(folder.FullName, "viewer"));
        using CancellationTokenSource ending = new();
        var running = ClusterCommand.Create().Parse(["--name", "paris", "--kubeconfig-out", admin, "--viewer-kubeconfig-out", viewer]).InvokeAsync(null, ending.Token);
        using FileSystemWatcher files = new(folder.FullName);
        TaskCompletionSource written = new();
        files.Changed += (_, change) => _ = change.Name == "viewer" && written.TrySetResult();
        files.EnableRaisingEvents = true;
        if (!File.Exists(viewer) || new FileInfo(viewer).Length == 0)
        {
            await written.Task.WaitAsync(TimeSpan.FromSeconds(20));
        }

        await ending.CancelAsync();
        Assert.Equal(0, await running);
        Assert.Contains("current-context: paris", await File.ReadAllTextAsync(admin), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(admin));
        }

        folder.Delete(recursive: true);
    }
}
