using System.Diagnostics;
using CleverRemoteOperator.Sandbox.KubernetesApi.Authentication;

namespace CleverRemoteOperator.Tests.Sandbox.KubernetesApi;

public sealed class KubectlTests : IAsyncLifetime
{
    private const string Widget = """{"apiVersion":"example.test/v1","kind":"Widget","metadata":{"name":"a"},"spec":{"size":3}}""";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kubectl-");
    private ClusterFixture _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await ClusterFixture.StartAsync();
        await File.WriteAllTextAsync(FileNamed("admin"), _cluster.Server.Kubeconfig(ClusterUser.Admin));
        await File.WriteAllTextAsync(FileNamed("viewer"), _cluster.Server.Kubeconfig(ClusterUser.Viewer));
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Kubectl_installs_applies_changes_waits_and_deletes()
    {
        await SaysAsync(ClusterFixture.WidgetDefinition, "customresourcedefinition.apiextensions.k8s.io/widgets.example.test created", "apply", "-f", "-");
        await SaysAsync(null, "customresourcedefinition.apiextensions.k8s.io/widgets.example.test condition met", "wait", "--for=condition=Established", "crd/widgets.example.test", "--timeout=20s");
        await SaysAsync(Widget, "widget.example.test/a created", "apply", "-f", "-");
        await SaysAsync(Widget, "widget.example.test/a unchanged", "apply", "-f", "-");
        await SaysAsync(Widget.Replace('3', '4'), "widget.example.test/a configured", "apply", "-f", "-");
        await SaysAsync(Widget.Replace('3', '5'), "widget.example.test/a serverside-applied", "apply", "--server-side", "--force-conflicts", "-f", "-");
        await SaysAsync(null, "NAME   SIZE\na      5", "get", "wi");
        await SaysAsync(null, "widget.example.test/a", "get", "all-widgets", "-o", "name");
        await SaysAsync(null, "widget.example.test/a patched", "patch", "widget", "a", "--type=json", "-p", """[{"op":"replace","path":"/spec/size","value":6}]""");
        await SaysAsync(null, "widget.example.test/a labeled", "label", "widget", "a", "x=y");
        await SaysAsync(null, "6", "get", "widgets", "-l", "x=y", "-o", "jsonpath={.items[0].spec.size}");
        await SaysAsync(null, "widget.example.test \"a\" deleted", "delete", "widget", "a", "--wait");
        await SaysAsync(null, "No resources found in default namespace.", "get", "widgets");
    }

    [Fact]
    public async Task Kubectl_creates_built_in_kinds_and_asks_what_it_may()
    {
        await SaysAsync(null, "secret/s created", "create", "secret", "generic", "s", "--from-literal=k=v");
        await SaysAsync(null, "dg==", "get", "secret", "s", "-o", "jsonpath={.data.k}");
        await SaysAsync(null, "configmap/c created", "create", "configmap", "c", "--from-literal=k=v");
        await SaysAsync(null, "v", "get", "configmap", "c", "-o", "jsonpath={.data.k}");
        await SaysAsync(null, "namespace/n created", "create", "namespace", "n");
        await SaysAsync(null, "namespace \"n\" deleted", "delete", "namespace", "n", "--wait");
        await SaysAsync(null, "yes", "auth", "can-i", "create", "secrets");
        var (code, _, error) = await RunAsync("viewer", null, "create", "secret", "generic", "t");
        Assert.Equal(1, code);
        Assert.Contains("User \"viewer\" cannot create resource \"secrets\"", error, StringComparison.Ordinal);
    }

    private string FileNamed(string name) => Path.Combine(_folder.FullName, name);

    private async Task SaysAsync(string? input, string expected, params string[] arguments)
    {
        var (code, output, error) = await RunAsync("admin", input, arguments);
        Assert.True(code == 0, $"kubectl {string.Join(' ', arguments)}: {output}{error}");
        Assert.StartsWith(expected, (output.Length > 0 ? output : error).Trim(), StringComparison.Ordinal);
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(string user, string? input, params string[] arguments)
    {
        ProcessStartInfo start = new("kubectl", ["--kubeconfig", FileNamed(user), "--cache-dir", FileNamed("cache"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var kubectl = TryStart(start);
        await kubectl.StandardInput.WriteAsync(input);
        kubectl.StandardInput.Close();
        var output = kubectl.StandardOutput.ReadToEndAsync();
        var error = kubectl.StandardError.ReadToEndAsync();
        await kubectl.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return (kubectl.ExitCode, await output, await error);
    }

    private static Process TryStart(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            Assert.Skip("kubectl is not on the PATH: " + missing.Message);
            throw;
        }
    }
}
