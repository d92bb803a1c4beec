using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.IntegrationTests.CleverTools;
using CleverRemoteOperator.IntegrationTests.Servers;
using CleverRemoteOperator.Kubernetes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Authentication;

namespace CleverRemoteOperator.IntegrationTests.Connections;

/// <summary>One case's API server, the proxies before it, and both who connect to it: kubectl, and the operator's own client.</summary>
internal sealed class ConnectionLab(TestCluster cluster) : IAsyncDisposable
{
    private const string Path = "/api/v1/namespaces/default";
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromMinutes(1);

    private readonly Stack<IAsyncDisposable> _running = new();

    public string Folder { get; } = Directory.CreateTempSubdirectory("connection-").FullName;

    public string Token => cluster.Token(ClusterUser.Admin);

    public string TokenUser => $"{{token: {Token}}}";

    public TestCluster Server => cluster;

    public string Kubeconfig => System.IO.Path.Combine(Folder, "kubeconfig");

    /// <summary>A front that shows a certificate for this machine, signed by <paramref name="issuer"/>.</summary>
    public Task<TlsFront> FrontAsync(Authority issuer, string key = "p256", params Authority[] along) =>
        FrontAsync(issuer.Issue(["localhost", "127.0.0.1", "::1"], key), [.. along.Select(authority => authority.Certificate)]);

    public async Task<TlsFront> FrontAsync(X509Certificate2 certificate, X509Certificate2[]? others = null, X509Certificate2? clients = null, System.Net.IPAddress? listen = null)
    {
        var front = await TlsFront.StartAsync(cluster, certificate, others, clients, listen);
        _running.Push(front);
        return front;
    }

    public (TestProxy Proxy, string Address) Proxy(string? user = null)
    {
        var proxy = new TestProxy(user);
        _running.Push(proxy);
        return (proxy, proxy.Start());
    }

    public string Write(string name, string text)
    {
        var path = System.IO.Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    public string Read(string name) => File.ReadAllText(System.IO.Path.Combine(Folder, name));

    /// <summary>Runs a line of a shell in the folder; skips the test when a program of it is missing.</summary>
    public async Task ShellAsync(string line)
    {
        var finished = await RunAsync("/bin/sh", ["-c", line]);
        Assert.SkipWhen(finished.ExitCode == 127, $"Not on the PATH: {line.Split(' ')[0]}");
        Assert.True(finished.ExitCode == 0, finished.ToString());
    }

    /// <summary>What kubectl says: null when it got an answer, else its error. Skips the test when there is no kubectl.</summary>
    public async Task<string?> KubectlAsync(bool raw = true)
    {
        try
        {
            var finished = await RunAsync(
                "kubectl", ["--kubeconfig", Kubeconfig, "--request-timeout=10s", .. raw ? new[] { "get", "--raw", Path } : ["get", "namespace", "default"]]);
            return finished.ExitCode == 0 ? null : finished.Error;
        }
        catch (Win32Exception)
        {
            Assert.Skip("kubectl is not on the PATH.");
            throw;
        }
    }

    /// <summary>What the operator's client says: null when it got an answer, else its mistakes or its error.</summary>
    public async Task<string?> OursAsync(bool isAllowed = true)
    {
        try
        {
            using var api = Connect(isAllowed);
            using var answer = await api.OpenAsync(Path[1..], CancellationToken.None);
            return null;
        }
        catch (KubernetesApiException failure)
        {
            return failure.Message;
        }
    }

    /// <summary>The operator's client of the kubeconfig.</summary>
    public Cluster Connect(bool isAllowed = true)
    {
        var options = new ClusterOptions
        {
            Name = "lab",
            Source = "test",
            KubeconfigPath = Kubeconfig,
            AllowFiles = isAllowed,
            AllowExec = isAllowed,
            AllowInsecure = isAllowed,
        };
        var text = BoundedFile.Read(Kubeconfig, out var whyNot) ?? throw new KubernetesApiException(whyNot, null, "");
        var (connection, mistakes) = new KubeconfigReader(options, TimeProvider.System).Read(text);
        return connection is null ? throw new KubernetesApiException(string.Join("; ", mistakes), null, "") : new Cluster(new ClusterId("lab"), connection, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        while (_running.TryPop(out var running))
        {
            await running.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }

    private Task<Finished> RunAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder };
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        start.Environment["HOME"] = Folder;
        return Finished.RunAsync(start, CommandTimeout);
    }
}
