using System.Collections;

namespace CleverRemoteOperator.Configuration;

/// <summary>What surrounds the process: variables and the folders the usual files lie in.</summary>
/// <param name="WorkingDirectory">Where relative paths of the command line and of variables start.</param>
/// <param name="Home">The user's folder; null when there is none.</param>
internal sealed record ProcessEnvironment(IReadOnlyDictionary<string, string> Variables, string WorkingDirectory, string? Home)
{
    /// <summary>Folder under which <c>etc</c>, <c>usr</c> and <c>var</c> are.</summary>
    public string Root { get; init; } = "/";

    /// <summary>True in a pod that has a service account.</summary>
    public bool IsPod => Variable("KUBERNETES_SERVICE_HOST") is not null
        && File.Exists(Path.Combine(Root, "var/run/secrets/kubernetes.io/serviceaccount/token"));

    /// <summary>The variable's value; null when it is empty or not set.</summary>
    public string? Variable(string name) => Variables.TryGetValue(name, out var value) && !string.IsNullOrWhiteSpace(value) ? value : null;

    /// <summary>The absolute path; <c>~/</c> is the user's folder.</summary>
    public string Resolve(string path, string folder) => path.StartsWith("~/", StringComparison.Ordinal) && Home is not null
        ? Path.Combine(Home, path[2..])
        : Path.GetFullPath(path, folder);

    public static ProcessEnvironment OfThisProcess()
    {
        var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal);
        return new(variables, Environment.CurrentDirectory, variables.GetValueOrDefault("HOME"));
    }

    /// <summary>The hosts that are reached without the proxy, as kubectl looks for them.</summary>
    public static string? NoProxy() => Environment.GetEnvironmentVariable("NO_PROXY") is { Length: > 0 } list ? list : Environment.GetEnvironmentVariable("no_proxy");

    /// <summary>Removes the operator's own variables from this process once they are read, so that no program it starts inherits a secret.</summary>
    public static void ScrubEnvironment()
    {
        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(IsOurs).ToList())
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }

    private static bool IsOurs(string name) => name.StartsWith(EnvironmentSettings.Prefix, StringComparison.Ordinal);

    /// <summary>Never shows the variables.</summary>
    public override string ToString() => $"{Variables.Count} variables, {WorkingDirectory}";
}
