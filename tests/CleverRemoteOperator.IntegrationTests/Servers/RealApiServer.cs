using System.Globalization;
using System.Security.Cryptography;
using CleverRemoteOperator.Sandbox.KubernetesApi.Authentication;

namespace CleverRemoteOperator.IntegrationTests.Servers;

/// <summary>Starts etcd and a kube-apiserver, with flags that serve the full one as well as one cut down to its library.</summary>
/// <param name="assets">The folder of the two programs.</param>
/// <param name="flags">More flags of the kube-apiserver.</param>
internal sealed class RealApiServer(string assets, params string[] flags) : IAsyncDisposable
{
    private const string Variable = "KUBEBUILDER_ASSETS";
    private const string Certificate = "certificates/apiserver.crt";
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly string _assets = assets;
    private readonly string _folder = Directory.CreateTempSubdirectory("kube-apiserver-").FullName;
    private readonly List<(string Program, GuardedProcess Process)> _processes = [];
    private readonly List<(string Program, string[] Arguments)> _commands = [];
    private Func<Task> _awaitReady = () => Task.CompletedTask;

    /// <summary>The folder that the variable <c>KUBEBUILDER_ASSETS</c> names, or null.</summary>
    public static string? Assets => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder ? folder : null;

    /// <summary>Why no real server can be started, or null.</summary>
    public static string? MissingBecause => Assets is not { } folder
        ? $"{Variable} is not set. Let it name a folder with kube-apiserver and etcd, for instance: "
            + $"export {Variable}=$(go run sigs.k8s.io/controller-runtime/tools/setup-envtest@latest use --print path)"
        : MissingIn(folder) is { } missing ? $"{folder}, the folder {Variable} names, has no {missing}."
        : null;

    /// <summary>The program that the folder lacks, or null.</summary>
    public static string? MissingIn(string folder) =>
        new[] { "kube-apiserver", "etcd" }.FirstOrDefault(program => !File.Exists(Path.Combine(folder, program)));

    /// <param name="assets">The folder of the two programs. Default the one the variable names.</param>
    /// <param name="flags">More flags of the kube-apiserver.</param>
    public static async Task<TestCluster> StartAsync(string name, string? assets = null, params string[] flags)
    {
        var server = new RealApiServer(assets ?? Assets ?? throw new InvalidOperationException(MissingBecause), flags);
        try
        {
            return await server.StartProcessesAsync(name);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts another server whose storage is a copy of this one's, as one makes who restores a backup beside the original. The original is stopped for that moment.</summary>
    public static async Task<TestCluster> CopyAsync(TestCluster original, string name)
    {
        var from = (RealApiServer)original.Server;
        var copy = new RealApiServer(from._assets);
        await from.StopAsync();
        foreach (var file in Directory.EnumerateFiles(from.PathOf("etcd"), "*", SearchOption.AllDirectories))
        {
            var to = copy.PathOf(Path.GetRelativePath(from._folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        try
        {
            await from.RestartAsync();
            return await copy.StartProcessesAsync(name, "--force-new-cluster");
        }
        catch
        {
            await copy.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends etcd and the server; what is stored stays.</summary>
    public async Task StopAsync()
    {
        foreach (var (_, process) in _processes.AsEnumerable().Reverse())
        {
            process.Signal("TERM");
            await process.WaitAsync(StartTimeout);
            await process.DisposeAsync();
        }

        _processes.Clear();
    }

    /// <summary>Starts them again where they were, with what is stored.</summary>
    public async Task RestartAsync()
    {
        foreach (var (program, arguments) in _commands)
        {
            Run(program, arguments);
        }

        await _awaitReady();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, process) in _processes)
        {
            await process.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task<TestCluster> StartProcessesAsync(string name, params string[] storage)
    {
        string etcd = $"http://127.0.0.1:{FreePort.Take()}", peers = $"http://127.0.0.1:{FreePort.Take()}";
        Start("etcd", ["--data-dir", PathOf("etcd"), "--unsafe-no-fsync", "--listen-client-urls", etcd, "--advertise-client-urls", etcd,
            "--listen-peer-urls", peers, "--initial-advertise-peer-urls", peers, "--initial-cluster", $"default={peers}", .. storage]);

        var tokens = Enum.GetValues<ClusterUser>().ToDictionary(user => user, _ => RandomNumberGenerator.GetHexString(32, lowercase: true));
        await File.WriteAllLinesAsync(PathOf("tokens.csv"), tokens.Select(pair =>
            $"{pair.Value},{BearerTokens.NameOf(pair.Key)},{pair.Key}{(pair.Key == ClusterUser.Admin ? ",\"system:masters\"" : "")}"));
        using (var key = RSA.Create(2048))
        {
            await File.WriteAllTextAsync(PathOf("service-accounts.key"), key.ExportRSAPrivateKeyPem());
        }

        var port = FreePort.Take();
        Start("kube-apiserver", [
            "--etcd-servers", etcd, "--bind-address", "127.0.0.1", "--advertise-address", "127.0.0.1",
            "--secure-port", port.ToString(CultureInfo.InvariantCulture), "--cert-dir", PathOf("certificates"), "--token-auth-file", PathOf("tokens.csv"),
            "--authorization-mode", "RBAC", "--disable-admission-plugins", "ServiceAccount", "--service-cluster-ip-range", "10.0.0.0/24",
            "--service-account-issuer", "https://127.0.0.1", "--service-account-key-file", PathOf("service-accounts.key"),
            "--service-account-signing-key-file", PathOf("service-accounts.key"), .. flags]);
        var address = new Uri($"https://127.0.0.1:{port}");
        _awaitReady = () => AwaitReadyAsync(address, tokens[ClusterUser.Admin]);
        await _awaitReady();
        return new(name, address, await File.ReadAllTextAsync(PathOf(Certificate)), user => tokens[user], this)
        {
            Processes = [.. _processes.Select(started => (started.Program, started.Process.Id))],
        };
    }

    private async Task AwaitReadyAsync(Uri address, string token)
    {
        using var deadline = new CancellationTokenSource(StartTimeout);
        while (!await IsReadyAsync(address, token))
        {
            if (deadline.IsCancellationRequested || _processes.Any(started => started.Process.HasExited))
            {
                throw new InvalidOperationException($"No kube-apiserver at {address}: {string.Join('\n', _processes.Select(started => started.Process.Output))}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    // The server makes its certificate first and listens then.
    private async Task<bool> IsReadyAsync(Uri address, string token)
    {
        if (!File.Exists(PathOf(Certificate)))
        {
            return false;
        }

        using var api = new KubeApi(address, await File.ReadAllTextAsync(PathOf(Certificate)), token);
        return await api.IsReadyAsync();
    }

    private void Start(string program, params string[] arguments)
    {
        _commands.Add((program, arguments));
        Run(program, arguments);
    }

    private void Run(string program, string[] arguments) => _processes.Add((program, new GuardedProcess(
        Path.Combine(_assets, program), arguments,
        new Dictionary<string, string> { ["HOME"] = _folder, ["PATH"] = Environment.GetEnvironmentVariable("PATH") ?? "" }, _folder)));

    private string PathOf(string name) => Path.Combine(_folder, name);
}
