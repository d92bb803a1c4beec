using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Tests.Sandbox.CleverApi;

public sealed class KubernetesRoutesTests
{
    private const string Owner = $"/v4/kubernetes/organisations/{SandboxApi.Organisation}";
    private const string Clusters = Owner + "/clusters";

    [Fact]
    public async Task A_bound_kubeconfig_is_served_as_it_is_and_each_call_counts()
    {
        await using var api = await SandboxApi.StartAsync();
        var id = await CreateAsync(api);
        await api.Client.PutAsync($"/_sandbox/kubernetes/{id}/kubeconfig", new StringContent("kind: Config # mine"));

        Assert.Equal("kind: Config # mine", await api.Client.GetStringAsync($"{Clusters}/{id}/kubeconfig.yaml"));
        await api.GetAsync($"{Clusters}/{id}");
        await api.Client.GetStringAsync($"{Clusters}/{id}/kubeconfig.yaml");

        var cluster = Assert.Single((await api.GetAsync("/_sandbox/kubernetes")).AsArray())!;
        Assert.Equal((2, true), ((int)cluster["kubeconfigCalls"]!, (bool)cluster["isBound"]!));
    }

    [Fact]
    public async Task Each_kubeconfig_has_a_fresh_certificate_that_lives_as_long_as_is_said()
    {
        await using var api = await SandboxApi.StartAsync(options => options with { CertificateLife = TimeSpan.FromMinutes(10) });
        var id = await CreateAsync(api);
        await api.Client.PutAsync($"/_sandbox/kubernetes/{id}/kubeconfig", new StringContent("{client-certificate-data} {client-key-data} {certificate-authority-data}"));

        using var first = await CertificateAsync(api, id);
        using var second = await CertificateAsync(api, id);

        Assert.NotEqual(first.SerialNumber, second.SerialNumber);
        Assert.Equal(api.Clock.GetUtcNow() + TimeSpan.FromMinutes(10), new DateTimeOffset(first.NotAfter));
        Assert.Contains("O=system:masters", first.Subject, StringComparison.Ordinal);
        await api.Client.PatchAsJsonAsync("/_sandbox/delays", new { certificateLifeMs = 1000 });
        using var third = await CertificateAsync(api, id);
        Assert.Equal(api.Clock.GetUtcNow() + TimeSpan.FromSeconds(1), new DateTimeOffset(third.NotAfter));
    }

    [Fact]
    public async Task A_given_authority_signs_the_certificates()
    {
        await using var api = await SandboxApi.StartAsync();
        var id = await CreateAsync(api);
        using var key = System.Security.Cryptography.RSA.Create(2048);
        var request = new CertificateRequest("CN=real", key, System.Security.Cryptography.HashAlgorithmName.SHA256, System.Security.Cryptography.RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = request.CreateSelfSigned(api.Clock.GetUtcNow().AddDays(-1), api.Clock.GetUtcNow().AddDays(3000));
        await api.Client.PutAsync($"/_sandbox/kubernetes/{id}/kubeconfig", new StringContent("{client-certificate-data} {client-key-data}"));
        var put = await api.Client.PutAsync($"/_sandbox/kubernetes/{id}/authority", new StringContent(authority.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem()));

        using var certificate = await CertificateAsync(api, id);

        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, VerificationTime = api.Clock.GetUtcNow().UtcDateTime } };
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        Assert.True(chain.Build(certificate), string.Join(", ", chain.ChainStatus.Select(status => status.StatusInformation)));
        Assert.Equal(HttpStatusCode.BadRequest, (await api.Client.PutAsync($"/_sandbox/kubernetes/{id}/authority", new StringContent("nonsense"))).StatusCode);
    }

    [Theory]
    [InlineData("UPDATING", HttpStatusCode.OK)]
    [InlineData("FAILED", HttpStatusCode.BadRequest)]
    [InlineData("DELETED", HttpStatusCode.BadRequest)]
    public async Task A_status_is_what_it_is_set_to(string status, HttpStatusCode kubeconfig)
    {
        await using var api = await SandboxApi.StartAsync();
        var id = await CreateAsync(api);
        await api.Client.PutAsJsonAsync($"/_sandbox/kubernetes/{id}/status", new { status });

        Assert.Equal(status, (string?)Assert.Single((await api.GetAsync(Clusters)).AsArray())!["status"]);
        Assert.Equal(kubeconfig, (await api.Client.GetAsync($"{Clusters}/{id}/kubeconfig.yaml")).StatusCode);
        Assert.Single((await api.GetAsync($"{Clusters}?status={status}")).AsArray());
        Assert.Empty((await api.GetAsync($"{Clusters}?status=ACTIVE")).AsArray());
        await api.Client.PutAsJsonAsync($"/_sandbox/kubernetes/{id}/status", new { status = (string?)null });
        Assert.Equal("ACTIVE", (string?)(await api.GetAsync($"{Clusters}/{id}"))["status"]);
    }

    [Fact]
    public async Task A_cluster_vanishes_without_a_trace()
    {
        await using var api = await SandboxApi.StartAsync();
        var id = await CreateAsync(api);

        await api.Client.DeleteAsync($"/_sandbox/kubernetes/{id}");

        Assert.Empty((await api.GetAsync(Clusters)).AsArray());
        Assert.Equal(HttpStatusCode.NotFound, (await api.Client.GetAsync($"{Clusters}/{id}")).StatusCode);
    }

    [Fact]
    public async Task Tags_and_features_are_changed_and_the_rest_stays()
    {
        await using var api = await SandboxApi.StartAsync();
        var id = await CreateAsync(api);

        await api.Client.PatchAsJsonAsync($"{Clusters}/{id}", new { tags = new[] { "team:a" }, features = new { autoscalingEnabled = true } });
        await api.Client.PatchAsJsonAsync($"{Clusters}/{id}", new { description = "d" });

        var cluster = await api.GetAsync($"{Clusters}/{id}");
        Assert.Equal(("prod", "d", """["team:a"]"""), ((string?)cluster["name"], (string?)cluster["description"], cluster["tags"]!.ToJsonString()));
        Assert.Equal("""{"autoscalingEnabled":true,"csi":null,"registries":null}""", cluster["features"]!.ToJsonString());
    }

    [Fact]
    public async Task A_presigned_address_needs_no_credentials_and_ends_after_an_hour()
    {
        await using var api = await SandboxApi.StartAsync();
        var id = await CreateAsync(api);
        using var anonymous = api.ClientOf(null);
        var url = (string)(await api.GetAsync($"{Clusters}/{id}/kubeconfig/presigned-url"))["url"]!;

        Assert.Contains("kind: Config", await anonymous.GetStringAsync(new Uri(url)), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await anonymous.GetAsync(new Uri(url + "x"))).StatusCode);
        api.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.Forbidden, (await anonymous.GetAsync(new Uri(url))).StatusCode);
        Assert.Equal(1, api.Server.Clusters.KubeconfigCalls(id));
    }

    [Fact]
    public async Task Quota_usage_and_versions_are_told()
    {
        await using var api = await SandboxApi.StartAsync();
        var id = await CreateAsync(api, "1.35");

        Assert.Equal(SandboxApi.Organisation, (string?)(await api.GetAsync(Owner + "/quota"))["tenantId"]);
        Assert.Equal(id, (string?)Assert.Single((await api.GetAsync(Owner + "/usage")).AsArray())!["clusterId"]);
        var check = await api.GetAsync($"{Clusters}/{id}/version/check");
        Assert.Equal(("1.35", "1.36", true), ((string?)check["installed"], (string?)check["latest"], (bool)check["needUpdate"]!));
        await api.Client.PostAsJsonAsync($"{Clusters}/{id}/version/update", new { targetVersion = "1.36" });
        Assert.False((bool)(await api.GetAsync($"{Clusters}/{id}/version/check"))["needUpdate"]!);
    }

    private static async Task<string> CreateAsync(SandboxApi api, string version = "1.36")
    {
        var answer = await api.Client.PostAsJsonAsync(Clusters, new { name = "prod", version });
        return (string)(await answer.Content.ReadFromJsonAsync<JsonObject>())!["id"]!;
    }

    /// <summary>The certificate of a kubeconfig of three words, checked to belong to its key.</summary>
    private static async Task<X509Certificate2> CertificateAsync(SandboxApi api, string id)
    {
        var parts = (await api.Client.GetStringAsync($"{Clusters}/{id}/kubeconfig.yaml")).Split(' ').Select(part => Encoding.ASCII.GetString(Convert.FromBase64String(part))).ToList();
        return X509Certificate2.CreateFromPem(parts[0], parts[1]);
    }
}
