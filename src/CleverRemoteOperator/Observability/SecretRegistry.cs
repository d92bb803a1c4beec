using CleverRemoteOperator.Configuration;

namespace CleverRemoteOperator.Observability;

/// <summary>
/// The secret values of the operator's own configuration, hidden in every value that enters the log or a page: the last line of
/// defence. What clusters and namespaces bring is never here: it is hidden where text about them comes in (<see cref="SecretValues"/>),
/// so that no tenant's text changes what is said of another. Filled before anything is logged.
/// </summary>
internal sealed class SecretRegistry
{
    private readonly Lock _lock = new();
    private readonly List<string> _values = [];
    private volatile SecretValues _secrets = SecretValues.None;

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
