using System.Text.Json.Nodes;
using CleverRemoteOperator.Sandbox.KubernetesApi.Authentication;
using static CleverRemoteOperator.IntegrationTests.Connections.ConnectionCase;
using static CleverRemoteOperator.IntegrationTests.Connections.KubeconfigText;

namespace CleverRemoteOperator.IntegrationTests.Connections;

/// <summary>Shapes of a kubeconfig's user, but for client certificates.</summary>
internal static class UserCases
{
    private const string V1 = "client.authentication.k8s.io/v1";

    public static readonly IReadOnlyDictionary<string, ConnectionCase> All = new Dictionary<string, ConnectionCase>
    {
        ["no credentials"] = Neither("no credentials: set token, client-certificate-data with client-key-data, or exec", lab => User(lab, "{}")),
        ["no user"] = Neither("contexts[0].context.user: is missing", async lab => (await User(lab, "{}")).Replace(", user: me", "", StringComparison.Ordinal)),
        ["a user that is not there"] = Neither("users: you does not exist; defined: me", async lab => (await User(lab, lab.TokenUser)).Replace("user: me}", "user: you}", StringComparison.Ordinal)),
        ["a wrong token"] = Neither("GET /api/v1/namespaces/default: 40", lab => User(lab, "{token: wrong}")),
        ["a token with a line end"] = Lenient(lab => User(lab, $"{{token: \"{lab.Token}\\n\"}}")),
        ["a token that looks like a number"] = Neither("GET /api/v1/namespaces/default: 40", lab => User(lab, "{token: 12345678901}")),
        ["tokenFile"] = Taken(lab => User(lab, $"{{tokenFile: {Path.GetFileName(lab.Write("token", lab.Token + "\n"))}}}")),
        ["tokenFile not allowed"] = OnPurpose("tokenFile: refers to a file; to allow it, set allow-files for this cluster",
            lab => User(lab, $"{{tokenFile: {lab.Write("token", lab.Token)}}}")) with
        { IsAllowed = false },
        ["tokenFile beside an older token"] = Taken(lab => User(lab, $"{{token: older, tokenFile: {lab.Write("token", lab.Token)}}}")),
        ["tokenFile that is not there, beside a token"] = Taken(lab => User(lab, $"{{token: {lab.Token}, tokenFile: none}}")),
        ["token and user name"] = Neither("set only one of token, tokenFile, exec and username", lab => User(lab, $"{{token: {lab.Token}, username: a, password: b}}")),
        ["auth-provider"] = Neither("auth-provider: is not supported; use exec or a token", lab => User(lab, "{auth-provider: {name: oidc}}")),

        ["acting for who may read"] = Taken(lab => User(lab, $"{{token: {lab.Token}, as: viewer}}")),
        ["acting for who may do nothing"] = Neither("403 Forbidden", lab => User(lab, $"{{token: {lab.Token}, as: denied}}")),
        ["acting for groups of nobody"] = Neither("as: is required with as-uid, as-groups and as-user-extra", lab => User(lab, $"{{token: {lab.Token}, as-groups: [a]}}")),
        ["acting with uid, groups and more"] = Taken(lab => User(lab, $"{{token: {lab.Token}, as: admin, as-uid: '7', as-groups: ['system:masters', b], as-user-extra: {{scopes: [a, b], 'Ä b': [c]}}}}")),

        ["exec"] = Taken(lab => Exec(lab, Answer(lab))),
        ["exec v1beta1"] = Taken(lab => Exec(lab, Answer(lab, V1 + "beta1"), V1 + "beta1")),
        ["exec not allowed"] = OnPurpose("exec: runs a program; to allow it, set allow-exec for this cluster", lab => Exec(lab, Answer(lab))) with { IsAllowed = false },
        ["exec v1alpha1"] = Neither("client.authentication.k8s.io/v1alpha1 is not supported", lab => Exec(lab, Answer(lab, V1 + "alpha1"), V1 + "alpha1")),
        ["exec that answers another version"] = Neither("did not write an ExecCredential of client.authentication.k8s.io/v1beta1", lab => Exec(lab, Answer(lab), V1 + "beta1")),
        ["exec without interactiveMode"] = Lenient(lab => Exec(lab, Answer(lab), mode: "")),
        ["exec that must be interactive"] = Neither("interactiveMode: Always is not supported: the operator cannot answer prompts", lab => Exec(lab, Answer(lab), mode: ", interactiveMode: Always")),
        ["exec beside the kubeconfig"] = Taken(async lab =>
        {
            lab.Write("answer", Answer(lab));
            lab.Write("plugin", "#!/bin/sh\ncat $(dirname $0)/answer\n");
            await lab.ShellAsync("chmod +x plugin");
            return await User(lab, $"{{exec: {{apiVersion: {V1}, command: ./plugin, interactiveMode: Never}}}}");
        }),
        ["exec that is not there"] = Neither("cannot start: executable not found; brew install it", lab =>
            User(lab, $"{{exec: {{apiVersion: {V1}, command: no-such-plugin, interactiveMode: Never, installHint: brew install it}}}}")),
        ["exec that fails"] = Neither("ended with exit code 3; its errors end with: log in first", lab => Exec(lab, "", command: "echo log in first >&2; exit 3")),
        ["exec that gives a client certificate"] = Taken(Certificate),
        ["exec that is told of the cluster"] = Taken(lab => Exec(lab, Answer(lab), mode: ", interactiveMode: Never, provideClusterInfo: true",
            command: "case \"$KUBERNETES_EXEC_INFO\" in *certificate-authority-data*) cat answer;; esac")),
        ["exec that is not told of the cluster"] = Neither("did not write an ExecCredential", lab => Exec(lab, Answer(lab),
            command: "case \"$KUBERNETES_EXEC_INFO\" in *certificate-authority-data*) cat answer;; esac")),
    };

    private static Task<string> User(ConnectionLab lab, string user) => Task.FromResult(Of(Cluster(lab.Server.Address, lab.Server.AuthorityPem), user));

    private static string Answer(ConnectionLab lab, string version = V1, JsonObject? status = null) => new JsonObject
    {
        ["kind"] = "ExecCredential",
        ["apiVersion"] = version,
        ["status"] = status ?? new JsonObject { ["token"] = lab.Token },
    }.ToJsonString();

    private static string Program(ConnectionLab lab, string answer, string version, string mode, string command)
    {
        lab.Write("answer", answer);
        var script = command.Replace("cat answer", $"cat {lab.Folder}/answer", StringComparison.Ordinal);
        return $"{{exec: {{apiVersion: {version}, command: /bin/sh, args: [-c, {new JsonArray(script)[0]!.ToJsonString(Plain)}]{mode}}}}}";
    }

    private static Task<string> Exec(
        ConnectionLab lab, string answer, string version = V1, string mode = ", interactiveMode: Never", string command = "cat answer") =>
        User(lab, Program(lab, answer, version, mode, command));

    private static async Task<string> Certificate(ConnectionLab lab)
    {
        var root = Authority.Root();
        var own = root.Issue([], "p256", forClients: true, subject: $"CN={BearerTokens.NameOf(ClusterUser.Admin)}");
        var front = await lab.FrontAsync(root.Issue(["127.0.0.1"]), clients: root.Certificate);
        var status = new JsonObject
        {
            ["clientCertificateData"] = own.ExportCertificatePem(),
            ["clientKeyData"] = System.Security.Cryptography.X509Certificates.ECDsaCertificateExtensions.GetECDsaPrivateKey(own)!.ExportPkcs8PrivateKeyPem(),
        };
        return Of(Cluster(front.Address, root.Pem), Program(lab, Answer(lab, status: status), V1, ", interactiveMode: Never", "cat answer"));
    }
}
