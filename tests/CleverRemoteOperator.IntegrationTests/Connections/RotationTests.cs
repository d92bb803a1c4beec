using System.Security.Cryptography.X509Certificates;
using CleverRemoteOperator.IntegrationTests.Servers;
using CleverRemoteOperator.Kubernetes.Api;
using static CleverRemoteOperator.IntegrationTests.Connections.KubeconfigText;

namespace CleverRemoteOperator.IntegrationTests.Connections;

/// <summary>Files that are replaced while they are in use.</summary>
public sealed class RotationTests(ApiServers servers)
{
    private const string Namespace = "api/v1/namespaces/default";
    private const string Watch = "api/v1/namespaces?watch=1&resourceVersion=0&timeoutSeconds=120";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_client_certificate_that_is_replaced_serves_the_next_requests_while_the_watch_goes_on()
    {
        await using var lab = new ConnectionLab(await ServerAsync());
        var root = Authority.Root();
        Write(lab, root.Issue([], forClients: true, subject: "CN=first"));
        var front = await lab.FrontAsync(root.Issue(["127.0.0.1"]), clients: root.Certificate);
        using var api = await ConnectAsync(lab, Of(Cluster(front.Address, root.Pem), "{client-certificate: mine.crt, client-key: mine.key}"));
        using var watch = await api.OpenAsync(Watch, CancellationToken.None);
        using var lines = new StreamReader(await watch.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        Assert.NotNull(await lines.ReadLineAsync(TestContext.Current.CancellationToken));

        // The key comes last: until then both do not fit.
        var second = root.Issue([], forClients: true, subject: "CN=second");
        lab.Write("mine.crt", second.ExportCertificatePem());
        await AskAsync(api);
        Write(lab, second);
        await UntilAsync(async () =>
        {
            await AskAsync(api);
            return front.Requests.Last().Client == "CN=second";
        });

        var name = $"rotated-{Guid.NewGuid():n}"[..20];
        await lab.Server.CreateNamespaceAsync(name);
        await ReadUntilAsync(lines, name);
        Assert.Equal("CN=first", front.Requests.First().Client);
        Assert.DoesNotContain(front.Requests, request => request.Client is null);
    }

    [Fact]
    public async Task An_authority_that_is_replaced_is_trusted_at_once_and_the_watch_goes_on()
    {
        await using var lab = new ConnectionLab(await ServerAsync());
        var (before, now) = (Authority.Root("before"), Authority.Root("now"));
        lab.Write("ca.crt", before.Pem);
        var front = await lab.FrontAsync(before.Issue(["127.0.0.1"]));
        using var api = await ConnectAsync(lab, Of(Cluster(front.Address, null, ("certificate-authority", "ca.crt")), lab.TokenUser));
        using var watch = await api.OpenAsync(Watch, CancellationToken.None);
        using var lines = new StreamReader(await watch.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));

        front.Show(now.Issue(["127.0.0.1"]));
        lab.Write("ca.crt", before.Pem + now.Pem);
        await UntilAsync(async () =>
        {
            await AskAsync(api);
            return front.ServerNames.Count > 1;
        });
        lab.Write("ca.crt", now.Pem);
        for (var request = 0; request < 20; request++)
        {
            await AskAsync(api);
        }

        var name = $"rotated-{Guid.NewGuid():n}"[..20];
        await lab.Server.CreateNamespaceAsync(name);
        await ReadUntilAsync(lines, name);
    }

    [Fact]
    public async Task What_cannot_be_used_leaves_everything_as_it_was_and_is_told_when_that_no_longer_serves()
    {
        await using var lab = new ConnectionLab(await ServerAsync());
        var (before, now) = (Authority.Root("before"), Authority.Root("now"));
        lab.Write("ca.crt", before.Pem);
        var front = await lab.FrontAsync(before.Issue(["127.0.0.1"]));
        using var api = await ConnectAsync(lab, Of(Cluster(front.Address, null, ("certificate-authority", "ca.crt")), lab.TokenUser));
        lab.Write("ca.crt", "to be written");
        await AskAsync(api);

        front.Show(now.Issue(["127.0.0.1"]));
        using var next = await ConnectAsync(lab, null, "ca.crt", before.Pem);
        lab.Write("ca.crt", "to be written");
        var failure = await Assert.ThrowsAsync<KubernetesApiException>(() => AskAsync(next));
        Assert.Equal(FailureReason.Tls, failure.Reason);
        Assert.Contains("which is not among certificate-authority(-data)", failure.Message, StringComparison.Ordinal);
        Assert.Equal(FailureReason.Tls, (await Assert.ThrowsAsync<KubernetesApiException>(() => AskAsync(next))).Reason);
        Assert.EndsWith($"(and {lab.Folder}/ca.crt contains no PEM certificate)", (await Assert.ThrowsAsync<KubernetesApiException>(() => AskAsync(next))).Message, StringComparison.Ordinal);

        lab.Write("ca.crt", now.Pem);
        await AskAsync(next);
    }

    [Fact]
    public async Task A_token_file_that_is_replaced_after_its_token_was_revoked_costs_no_request()
    {
        await using var lab = new ConnectionLab(await ServerAsync());
        await using var proxy = await FaultProxy.StartAsync(lab.Server);
        lab.Write("token", "first");
        var text = proxy.Kubeconfig("first");
        proxy.Add(request => request.Headers.Authorization != "Bearer first" && request.Headers.Authorization != $"Bearer {lab.Token}", FaultProxy.Refuse(401, "Unauthorized"));
        using var api = await ConnectAsync(lab, text.Replace("token: first", "tokenFile: token", StringComparison.Ordinal));
        proxy.Add(request => request.Headers.Authorization == "Bearer first", FaultProxy.Refuse(401, "Unauthorized"));
        Assert.True((await Assert.ThrowsAsync<KubernetesApiException>(() => AskAsync(api))).IsUnauthorized);
        lab.Write("token", lab.Token);
        await AskAsync(api);
    }

    [Fact]
    public async Task The_name_to_expect_is_told_to_the_server_as_SNI_and_the_host_stays_its_own()
    {
        await using var lab = new ConnectionLab(await ServerAsync());
        var root = Authority.Root();
        var front = await lab.FrontAsync(root.Issue(["api.example"]));
        using var api = await ConnectAsync(lab, Of(Cluster(front.Address, root.Pem, ("tls-server-name", "api.example")), lab.TokenUser));
        await AskAsync(api);
        Assert.Equal(("api.example", front.Address.Authority), (front.ServerNames.Single(), front.Requests.Single().Host));
        Assert.Null(await lab.KubectlAsync());
        Assert.Equal(("api.example", front.Address.Authority), (front.ServerNames.Last(), front.Requests.Last().Host));
    }

    [Theory]
    [InlineData("http", null)]
    [InlineData("http", "jane:pass")]
    [InlineData("socks5", null)]
    [InlineData("socks5", "jane:pass")]
    public async Task Requests_go_by_the_proxy_that_is_named(string scheme, string? user)
    {
        await using var lab = new ConnectionLab(await ServerAsync());
        var (proxy, address) = lab.Proxy(user);
        var root = Authority.Root();
        var front = await lab.FrontAsync(root.Issue(["api.example"]));
        var server = new Uri($"https://api.example:{front.Address.Port}");
        using var api = await ConnectAsync(
            lab, Of(Cluster(server, root.Pem, ("proxy-url", $"{scheme}://{(user is null ? "" : user + "@")}{address}")), lab.TokenUser));
        await AskAsync(api);
        Assert.Equal($"api.example:{server.Port}", proxy.Targets.Single());
        Assert.Null(await lab.KubectlAsync());
        Assert.Equal($"api.example:{server.Port}", proxy.Targets.Last());
    }

    private async Task<TestCluster> ServerAsync() => await servers.GetAsync(RealApiServer.MissingBecause is null ? ServerKind.Real : ServerKind.Sandbox, "east");

    private static void Write(ConnectionLab lab, X509Certificate2 own)
    {
        lab.Write("mine.crt", own.ExportCertificatePem());
        lab.Write("mine.key", own.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
    }

    private static async Task<Cluster> ConnectAsync(ConnectionLab lab, string? kubeconfig, string? file = null, string text = "")
    {
        if (file is not null)
        {
            lab.Write(file, text);
        }

        if (kubeconfig is not null)
        {
            await File.WriteAllTextAsync(lab.Kubeconfig, kubeconfig);
        }

        return lab.Connect();
    }

    private static async Task AskAsync(Cluster api)
    {
        using var answer = await api.OpenAsync(Namespace, CancellationToken.None);
    }

    // Files are looked at every two seconds.
    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (!await isSo())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, deadline.Token);
        }
    }

    private static async Task ReadUntilAsync(StreamReader lines, string part)
    {
        using var deadline = new CancellationTokenSource(Patience);
        string? line;
        do
        {
            line = await lines.ReadLineAsync(deadline.Token);
            Assert.NotNull(line);
        }
        while (!line.Contains(part, StringComparison.Ordinal));
    }
}
