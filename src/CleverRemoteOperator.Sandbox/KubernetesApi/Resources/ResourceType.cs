namespace CleverRemoteOperator.Sandbox.KubernetesApi.Resources;

/// <summary>One resource in one API version, as discovery describes it.</summary>
internal sealed record ResourceType(string Group, string Version, string Plural, string Kind, bool Namespaced, ResourceRules Rules)
{
    private static readonly string[] BuiltInVerbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];
    private static readonly string[] CustomVerbs = ["delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"];

    private static readonly string[] GoingVerbs = ["delete", "deletecollection", "get", "list", "watch"];

    public string Singular { get; init; } = Kind.ToLowerInvariant();

    public string ListKind { get; init; } = Kind + "List";

    public IReadOnlyList<string> ShortNames { get; init; } = [];

    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Subresources that can be read and written apart; of <c>finalize</c> only writing.</summary>
    public IReadOnlyList<string> Subresources { get; init; } = [];

    /// <summary>Whether a custom resource definition made it.</summary>
    public bool Custom { get; init; }

    /// <summary>Whether the definition that made it is being deleted.</summary>
    public bool IsGoing { get; init; }

    /// <summary>Only asked questions, such as access reviews, are not stored.</summary>
    public bool Stored { get; init; } = true;

    /// <summary>Where its objects are kept, when that is not under its own name.</summary>
    public string? SharedStorage { get; init; }

    /// <summary>Group, version and kind of the form its objects are kept in.</summary>
    public (string Group, string Version, string Kind) StoredAs { get; init; } = (Group, Version, Kind);

    public string Storage => SharedStorage ?? QualifiedPlural;

    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    public string QualifiedPlural => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    public IReadOnlyList<string> Verbs => !Stored ? ["create"] : IsGoing ? GoingVerbs : Custom ? CustomVerbs : BuiltInVerbs;
}
