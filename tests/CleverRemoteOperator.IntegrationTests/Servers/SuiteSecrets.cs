using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using CleverRemoteOperator.Sandbox.CleverApi.Authorization;
using CleverRemoteOperator.Sandbox.KubernetesApi.Authentication;

namespace CleverRemoteOperator.IntegrationTests.Servers;

/// <summary>Every secret that any test of the suite uses; whatever any operator shows is searched for all of them.</summary>
internal static partial class SuiteSecrets
{
    /// <summary>Shorter ones would be found in ordinary words.</summary>
    private const int MinLength = 8;

    private static readonly ConcurrentDictionary<string, bool> Known = new(StringComparer.Ordinal);

    static SuiteSecrets() => Add(
        [.. Account.Defaults.SelectMany(account => new[] { account.Token, account.Secret, account.Bearer }), .. Consumer.Published.Values]);

    public static void Add(params IEnumerable<string> secrets)
    {
        foreach (var secret in secrets.Where(secret => secret.Length >= MinLength))
        {
            Known[secret] = true;
        }
    }

    /// <summary>The tokens of all users of a cluster.</summary>
    public static void Add(Func<ClusterUser, string> token) => Add(Enum.GetValues<ClusterUser>().Select(token));

    /// <summary>What stands in a text under a key that says that it is secret: TOML, YAML, or variables one a line.</summary>
    public static void AddFrom(string text) => Add(SecretValue().Matches(text).Select(match => match.Groups["value"].Value));

    /// <summary>The values of an environment, or of a connection Secret, whose names say that they are secret.</summary>
    public static void AddFrom(IEnumerable<KeyValuePair<string, string>> variables) =>
        Add(variables.Where(variable => SecretName().IsMatch(variable.Key)).Select(variable => variable.Value));

    /// <summary>Fails when one of them stands in what an operator showed.</summary>
    public static void RequireNone(IEnumerable<string> shown)
    {
        foreach (var line in shown.SelectMany(text => text.Split('\n')))
        {
            if (Known.Keys.FirstOrDefault(secret => line.Contains(secret, StringComparison.Ordinal)) is { } secret)
            {
                Assert.Fail($"'{secret}' is secret, and was shown: {line}");
            }
        }
    }

    [GeneratedRegex("""^\s*"?[\w.-]*(?:token|secret|password)"?\s*[:=]\s*"?(?<value>[^"\s]+)""", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex SecretValue();

    [GeneratedRegex("TOKEN|SECRET|PASSWORD", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();
}
