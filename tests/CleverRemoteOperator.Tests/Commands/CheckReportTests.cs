using CleverRemoteOperator.Commands;
using CleverRemoteOperator.Tests.Configuration;

namespace CleverRemoteOperator.Tests.Commands;

public sealed class CheckReportTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("https://api.example:6443", "*", "*", "*")]
    [InlineData("https://api.example:6443/", "shop,blog", "blog", "blog")]
    [InlineData("https://api.example:6443", "*", "blog", "blog")]
    [InlineData("https://api.example:6443", "shop", "blog", null)]
    [InlineData("https://other.example:6443", "*", "*", null)]
    public void One_server_under_two_names_is_a_mistake_where_they_name_the_same_namespace(string server, string one, string other, string? shared)
    {
        _folder.With("CLEVER_OPERATOR_OPERATOR_LEASE_NAMESPACE", "operator");
        Add("PARIS", "https://api.example:6443", one);
        Add("LYON", server, other);
        using var output = new StringWriter();
        using var error = new StringWriter();

        var code = new CheckReport(output, error).Write(_folder.Load());

        Assert.Equal(shared is null ? 0 : 2, code);
        Assert.Equal(
            shared is null ? ""
                : "error: variable CLEVER_OPERATOR_CLUSTERS_PARIS_KUBECONFIG: clusters paris (variable CLEVER_OPERATOR_CLUSTERS_PARIS_KUBECONFIG) and lyon "
                + $"(variable CLEVER_OPERATOR_CLUSTERS_LYON_KUBECONFIG) are the same API server and both include namespace {shared}: only lyon is served. "
                + "Remove one of them, or give them different namespaces\n",
            error.ToString());
        Assert.Contains("paris", output.ToString(), StringComparison.Ordinal);
    }

    private void Add(string name, string server, string namespaces) => _folder
        .With($"CLEVER_OPERATOR_CLUSTERS_{name}_NAMESPACES", namespaces)
        .With($"CLEVER_OPERATOR_CLUSTERS_{name}_KUBECONFIG", $$$"""
            current-context: admin
            contexts: [{name: admin, context: {cluster: one, user: me}}]
            clusters: [{name: one, cluster: {server: "{{{server}}}"}}]
            users: [{name: me, user: {token: hidden-word}}]
            """);
}
