using System.Text;

namespace CleverRemoteOperator.IntegrationTests.Servers;

/// <summary>Small manifests that tests share.</summary>
internal static class Manifests
{
    /// <summary>The kind of a small Redis; the cheapest thing to ask for.</summary>
    public static string Redis(string name, string plan = "s", string region = "par", string version = "8.8.0") => $$"""
        apiVersion: api.clever-cloud.com/v1
        kind: Redis
        metadata: {name: {{name}}}
        spec: {plan: {{plan}}, region: {{region}}, version: "{{version}}"}
        """;

    public static string PostgreSql(string name) => $$"""
        apiVersion: api.clever-cloud.com/v1
        kind: PostgreSQL
        metadata: {name: {{name}}}
        spec: {plan: xs_sml, region: par, version: 17}
        """;

    /// <summary>The Secret with a namespace's own credentials.</summary>
    /// <param name="config">Its text.</param>
    public static string Credentials(string config)
    {
        SuiteSecrets.AddFrom(config);
        return $$"""
            apiVersion: v1
            kind: Secret
            metadata: {name: clever-kubernetes-operator}
            data: {config: {{Base64(config)}}}
            """;
    }

    /// <summary>Credentials in TOML.</summary>
    public static string Toml(Uri endpoint, string token, string secret, string organisation)
    {
        SuiteSecrets.Add(token, secret);
        return $"""
            [api]
            endpoint = "{endpoint.GetLeftPart(UriPartial.Authority)}"
            token = "{token}"
            secret = "{secret}"
            organisation = "{organisation}"
            """;
    }

    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
