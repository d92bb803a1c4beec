using System.Globalization;

namespace CleverRemoteOperator.Addons.Secrets;

/// <summary>Which variables of a kind are the well-known entries of the Service Binding specification. What a kind has not stays out.</summary>
/// <param name="Type">What the binding is for: <c>postgresql</c>.</param>
internal sealed record ServiceBinding(string Type)
{
    private const string Provider = "clever-cloud";

    public string? Host { get; init; }

    public string? Port { get; init; }

    public string? Uri { get; init; }

    public string? Username { get; init; }

    public string? Password { get; init; }

    public string? Database { get; init; }

    /// <summary>That of a database whose variables begin so and end as those of all of them.</summary>
    public static ServiceBinding OfDatabase(string type, string prefix) => new(type)
    {
        Host = prefix + "HOST",
        Port = prefix + "PORT",
        Uri = prefix + "URI",
        Username = prefix + "USER",
        Password = prefix + "PASSWORD",
        Database = prefix + "DB",
    };

    /// <summary>The entries, by their names in the specification; those whose value is not what it asks for are left out.</summary>
    public IReadOnlyDictionary<string, string> EntriesOf(IReadOnlyDictionary<string, string> environment)
    {
        var entries = new Dictionary<string, string> { ["type"] = Type, ["provider"] = Provider };
        Add("host", Host, value => System.Uri.CheckHostName(value) != UriHostNameType.Unknown);
        Add("port", Port, value => ushort.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0);
        Add("uri", Uri, value => System.Uri.TryCreate(value, UriKind.Absolute, out _));
        Add("username", Username, value => value.Length > 0);
        Add("password", Password, value => value.Length > 0);
        Add("database", Database, value => value.Length > 0);
        return entries;

        void Add(string name, string? variable, Func<string, bool> isRight)
        {
            if (variable is not null && environment.TryGetValue(variable, out var value) && isRight(value))
            {
                entries[name] = value;
            }
        }
    }
}
