namespace CleverRemoteOperator.Addons.Secrets;

/// <summary>What a spec says about its connection Secret: whether there is one, what it is called, and what stands in it.</summary>
internal sealed record SecretShape
{
    /// <summary>False when no Secret is to be written.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>Its name; absent = by the layout of the spec.</summary>
    public string? Name { get; init; }

    /// <summary>Labels beside our own.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Annotations beside our own.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <summary>Its type; absent = <c>Opaque</c>.</summary>
    public string? Type { get; init; }

    /// <summary>What stands before the names of the add-on's own variables.</summary>
    public string KeyPrefix { get; init; } = "";

    /// <summary>Keys made of what the add-on gives, in addition or in place of its own.</summary>
    public IReadOnlyDictionary<string, SecretTemplate> Keys { get; init; } = new Dictionary<string, SecretTemplate>();

    /// <summary>The keys to publish, as they stand in the Secret; absent = all.</summary>
    public IReadOnlyList<string>? Only { get; init; }

    public SecretFormat Format { get; init; }

    /// <summary>What is to be restarted when its content changes; absent = nothing.</summary>
    public SecretConsumers? Restart { get; init; }

    /// <summary>As the add-on gives its environment, under the usual name.</summary>
    public static SecretShape Default { get; } = new();

    /// <summary>True when what is published is the environment as it is.</summary>
    public bool IsEnvironment => KeyPrefix.Length == 0 && Keys.Count == 0 && Only is null && Format == SecretFormat.Native;
}

/// <summary>Which entries a connection Secret has of itself.</summary>
internal enum SecretFormat
{
    /// <summary>The add-on's variables.</summary>
    Native,

    /// <summary>These and the entries of the Service Binding specification.</summary>
    Both,
}
