using static CleverRemoteOperator.Tests.Kubernetes.KubeconfigWorld;

namespace CleverRemoteOperator.Tests.Kubernetes;

/// <summary>What is refused in a kubeconfig, and in which words.</summary>
public sealed class KubeconfigRefusalTests : IDisposable
{
    private readonly KubeconfigWorld _world = new();

    [Fact]
    public void An_authority_that_would_be_left_unused_is_told() => Assert.Contains(
        "clusters[0].cluster.insecure-skip-tls-verify: conflicts with certificate-authority; set one of them",
        Bad(_world.Write("token: t", cluster: $"server: https://h\n    insecure-skip-tls-verify: true\n    certificate-authority-data: {_world.Authority}"), new() { Name = "c", Source = "test", AllowInsecure = true }));

    [Theory]
    [InlineData("openssl genpkey -algorithm ed25519", "has an Ed25519 or Ed448 key, which is not supported; use an ECDSA (P-256) or RSA key")]
    [InlineData("openssl genpkey -algorithm rsa -aes256 -pass pass:x", "has an encrypted key; decrypt it (openssl pkey -in KEY)")]
    [InlineData("openssl ecparam -name prime256v1", "has no key: client-key contains no PEM private key")]
    public async Task A_key_that_cannot_be_used_is_told_as_what_it_is(string openssl, string mistake)
    {
        var key = Path.Combine(_world.Folder.FullName, "key");
        var certificate = Path.Combine(_world.Folder.FullName, "crt");
        await ShellAsync($"{openssl} > {key} && (openssl req -x509 -new -key {key} -passin pass:x -subj /CN=a -days 1 || openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout /dev/null -subj /CN=a -days 1) > {certificate}");
        Assert.Equal(
            [$"users[0].user.client-certificate: {mistake}"],
            Bad(_world.Write($"client-certificate-data: {Base64(await File.ReadAllTextAsync(certificate))}\n    client-key-data: {Base64(await File.ReadAllTextAsync(key))}")));
    }

    [Theory]
    [InlineData("token: t\n    as-groups: [admins]", "users[0].user.as: is required with as-uid, as-groups and as-user-extra")]
    [InlineData("token: t\n    as: \"a\\nb\"", "users[0].user.as: and the fields that go with it must be ASCII: they are sent as headers")]
    [InlineData("auth-provider: {name: oidc}", "users[0].user.auth-provider: is not supported; use exec or a token")]
    [InlineData("tokenFile: /tmp/x", "users[0].user.tokenFile: refers to a file; to allow it, set allow-files for this cluster")]
    [InlineData("exec: {command: aws, apiVersion: client.authentication.k8s.io/v1}", "users[0].user.exec: runs a program; to allow it, set allow-exec for this cluster")]
    [InlineData("client-certificate: a.crt\n    client-key: a.key", "users[0].user.client-certificate: refers to a file; to allow it, set allow-files for this cluster")]
    [InlineData("tokn: t", "users[0].user.tokn: unknown key: did you mean token?")]
    [InlineData("token: [t]", "users[0].user.token: must be a string")]
    [InlineData("token: t\n    username: u", "users[0].user.token: set only one of token, tokenFile, exec and username")]
    [InlineData("client-certificate-data: '%%'\n    client-key-data: '%%'", "users[0].user.client-certificate-data: is not base64")]
    [InlineData("client-certificate-data: aGVsbG8\n    client-key-data: aGVsbG8=", "users[0].user.client-certificate-data: is truncated base64, or lacks its padding (=); encode it again (base64 -w0 < FILE)")]
    [InlineData("client-certificate-data: '\"aGVsbG8=\"'\n    client-key-data: aGVsbG8=", "users[0].user.client-certificate-data: is base64 inside quotes; remove the quotes")]
    [InlineData("client-certificate-data: a-Vs_G8=\n    client-key-data: aGVsbG8=", "users[0].user.client-certificate-data: is URL-safe base64 (- and _); use standard base64 (base64 -w0 < FILE)")]
    [InlineData("client-certificate-data: '-----BEGIN CERTIFICATE-----'\n    client-key-data: aGVsbG8=", "users[0].user.client-certificate-data: is PEM; encode it as base64 (base64 -w0 < FILE)")]
    [InlineData("client-certificate-data: aGVsbG8=\n    client-key-data: aGVsbG8=", "users[0].user.client-certificate: is not a certificate (PEM) with the unencrypted key that belongs to it")]
    [InlineData("{}", "users[0].user.token: no credentials: set token, client-certificate-data with client-key-data, or exec")]
    public void Refuses_a_user(string user, string mistake) => Assert.Contains(mistake, Bad(_world.Write(user)));

    [Theory]
    [InlineData("server: http://10.0.0.1", "clusters[0].cluster.server: http:// is refused; to allow it, set allow-insecure for this cluster")]
    [InlineData("server: ftp://10.0.0.1", "clusters[0].cluster.server: must be an address like https://host:6443, without user, query or fragment")]
    [InlineData("server: https://user:pass@10.0.0.1", "clusters[0].cluster.server: must be an address like https://host:6443, without user, query or fragment")]
    [InlineData("server: https://h\n    proxy-url: ftp://p", "clusters[0].cluster.proxy-url: must be an address like http://host:3128; allowed: http, https, socks5")]
    [InlineData("server: 10.0.0.1:6443", "clusters[0].cluster.server: must be an address like https://host:6443, without user, query or fragment")]
    [InlineData("server: https://h\n    insecure-skip-tls-verify: true", "clusters[0].cluster.insecure-skip-tls-verify: is refused; to allow it, set allow-insecure for this cluster")]
    [InlineData("server: https://h\n    insecure-skip-tls-verify: maybe", "clusters[0].cluster.insecure-skip-tls-verify: must be true or false")]
    [InlineData("server: https://h\n    certificate-authority: ca.crt", "clusters[0].cluster.certificate-authority: refers to a file; to allow it, set allow-files for this cluster")]
    [InlineData("server: https://h\n    certificate-authority-data: aGVsbG8=", "clusters[0].cluster.certificate-authority: contains no PEM certificate")]
    [InlineData("certificate-authority-data: aGVsbG8=", "clusters[0].cluster.server: is missing")]
    public void Refuses_a_cluster(string cluster, string mistake) => Assert.Contains(mistake, Bad(_world.Write("token: t", cluster: cluster)));

    [Theory]
    [InlineData("clusters: [", "line 2, column 1: invalid YAML")]
    [InlineData("a: 1\na: 2", "line 2, column 1: duplicate key")]
    [InlineData("/etc/kube/config", "it is not a kubeconfig: expected clusters, users and contexts. To give the path of a file, use kubeconfig, or the variable …_KUBECONFIG_PATH")]
    [InlineData("", "it is empty")]
    [InlineData("# nothing yet\n", "it is empty")]
    [InlineData("a: 1\n---\nb: 2", "line 3, column 1: more than one YAML document")]
    [InlineData("kind: Pod", "kind: is not a kubeconfig: expected kind Config, apiVersion v1")]
    [InlineData("apiVersion: v2", "kind: is not a kubeconfig: expected kind Config, apiVersion v1")]
    [InlineData("YXBpVmVyc2lvbjogdjEKa2luZDogQ29uZmlnCmNsdXN0ZXJzOiBbXQp1c2VyczogW10KY29udGV4dHM6IFtdCmE", "it is truncated base64, or lacks its padding (=); encode it again (base64 -w0 < FILE)")]
    [InlineData("'\"YXBpVmVyc2lvbjogdjEKa2luZDogQ29uZmlnCmNsdXN0ZXJzOiBbXQp1c2VyczogW10KY29udGV4dHM6IFtdCg==\"'", "it is base64 inside quotes; remove the quotes")]
    [InlineData("\"YXBpVmVyc2lvbjogdjEKa2luZDogQ29uZmlnCmNsdXN0ZXJzOiBbXQp1c2VyczogW10KY29udGV4dHM6IFtdCg==\"", "it is base64 inside quotes; remove the quotes")]
    [InlineData("YXBpVmVyc2lvbjogdjEKa2luZDogQ29uZmlnCmNsdXN0ZXJzOiBbXQp1c2Vyczog-10KY29udGV4dHM6IFtdCg==", "it is URL-safe base64 (- and _); use standard base64 (base64 -w0 < FILE)")]
    [InlineData("a: &a [x]\nb: *a", "line 2, column 4: YAML aliases are not allowed")]
    [InlineData("contexts: []", "current-context: is missing; set it, or the context of this cluster")]
    public void Refuses_what_is_no_kubeconfig(string text, string mistake) => Assert.Contains(mistake, Bad(text));

    [Fact]
    public void Bounds_depth_and_size()
    {
        Assert.Equal(["line 1, column 33: nested deeper than 32 levels"], Bad("a: " + new string('[', 10_000)));
        Assert.Equal(["line 1, column 199995: more than 100000 values"], Bad("a: [" + string.Concat(Enumerable.Repeat("1,", 200_000)) + "]"));
        Assert.Equal(["it is larger than 1 MiB"], Bad("a: " + new string('x', 1024 * 1024)));
    }

    [Fact]
    public void Names_are_exact_and_refused_when_there_twice()
    {
        Assert.Contains("contexts: Main does not exist; defined: main", Bad(_world.Write("token: t"), new() { Name = "c", Source = "test", Context = "Main" }));
        var twice = _world.Write("token: t").Replace("users:\n", "users:\n- {name: admin, user: {token: other}}\n", StringComparison.Ordinal);
        Assert.Contains("users: the name admin is there 2 times", Bad(twice));
    }

    [Fact]
    public void Tells_every_mistake_at_once() =>
        Assert.Equal(2, Bad(_world.Write("tokn: t\n    token: t", cluster: "serve: https://h\n    server: https://h")).Count);

    public void Dispose() => _world.Dispose();

    private static async Task ShellAsync(string line)
    {
        using var shell = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("/bin/sh", ["-c", $"({line}) 2> /dev/null"]))!;
        await shell.WaitForExitAsync();
        Assert.SkipWhen(shell.ExitCode == 127, "openssl is not on the PATH.");
    }
}
