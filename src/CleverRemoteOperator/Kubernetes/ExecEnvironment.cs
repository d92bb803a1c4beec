namespace CleverRemoteOperator.Kubernetes;

/// <summary>Which of the operator's variables a program sees: what every program needs, and what the cluster's options add.</summary>
/// <param name="names">Names of variables; one may end in <c>*</c>.</param>
internal sealed class ExecEnvironment(IReadOnlyList<string> names)
{
    private const int MaxShown = 12;

    private static readonly string[] Needed =
    [
        "PATH", "HOME", "USER", "LANG", "TMPDIR", "SSL_CERT_FILE", "SSL_CERT_DIR",
        "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "no_proxy", "all_proxy",
    ];

    // What a shell keeps for itself, and what is about this program: nobody misses it.
    private static readonly string[] Unneeded = ["_", "PWD", "OLDPWD", "SHLVL", "SHELL", "TERM", "HOSTNAME", "LOGNAME", "PORT"];

    /// <summary>Takes the others away; gives their names.</summary>
    public IReadOnlyList<string> Withhold(IDictionary<string, string?> environment)
    {
        var withheld = environment.Keys.Where(name => !IsPassedOn(name)).ToList();
        foreach (var name in withheld)
        {
            environment.Remove(name);
        }

        return [.. withheld.Where(name => !Unneeded.Contains(name) && !name.StartsWith("DOTNET_", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }

    /// <summary>Names as a message shows them: first those the program spoke of.</summary>
    public static string Shown(IReadOnlyList<string> withheld, string said)
    {
        var sorted = withheld.OrderByDescending(name => said.Contains(name, StringComparison.OrdinalIgnoreCase)).ToList();
        return string.Join(", ", sorted.Take(MaxShown)) + (sorted.Count > MaxShown ? $" and {sorted.Count - MaxShown} more" : "");
    }

    private bool IsPassedOn(string name) => Needed.Contains(name)
        || names.Any(pattern => pattern.EndsWith('*') ? name.StartsWith(pattern[..^1], StringComparison.Ordinal) : name == pattern);
}
