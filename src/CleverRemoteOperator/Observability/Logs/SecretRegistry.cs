using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Configuration.Texts;

namespace CleverRemoteOperator.Observability.Logs;

/// <summary>
/// The secret values of the operator's own configuration, hidden in every value that enters the log or a page: the last line of
/// defence. What clusters and namespaces bring is never here: it is hidden where text about them comes in (<see cref="SecretValues"/>),
/// so that one tenant's text does not alter what is logged about another. Filled before anything is logged.
/// </summary>
internal sealed class SecretRegistry
{
    private readonly Lock _lock = new();
    private readonly List<string> _values = [];
    private volatile SecretValues _secrets = SecretValues.None;

    /// <summary>The secrets of a configuration: of the operator's credentials, of its clusters', and the status token.</summary>
    public static SecretRegistry Of(OperatorConfiguration configuration)
    {
        var registry = new SecretRegistry();
        registry.Add(configuration.Operator.StatusToken);
        foreach (var credentials in configuration.Clusters.Select(cluster => cluster.Api).Append(configuration.Api).OfType<CleverCredentials>())
        {
            registry.Add(credentials);
        }

        return registry;
    }

    /// <summary>Remembers token and secrets of these credentials.</summary>
    public void Add(CleverCredentials credentials)
    {
        Add(credentials.Token);
        Add(credentials.Secret);
        Add(credentials.ConsumerSecret);
    }

    /// <summary>Remembers one value; null and short ones are ignored.</summary>
    public void Add(string? value)
    {
        if (value is null || value.Length < SecretValues.Shortest)
        {
            return;
        }

        lock (_lock)
        {
            _values.Add(value);
            _secrets = SecretValues.Of(_values);
        }
    }

    /// <summary>The text with every remembered value replaced by <see cref="SecretValues.Mask"/>; the same text when it holds none.</summary>
    public string Redact(string text) => _secrets.Hide(text);
}
