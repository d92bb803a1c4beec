using CleverRemoteOperator.Addons.Secrets;

namespace CleverRemoteOperator.Addons;

/// <summary>One kind of add-on as data: feeds the CRD, the spec reader, the create call, the status fields and the docs.</summary>
internal sealed record AddonKind
{
    /// <summary>Kind as the product page writes it: <c>PostgreSQL</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Kind as the reference operator writes it, where it differs: <c>PostgreSql</c>.</summary>
    public string? ReferenceName { get; init; }

    /// <summary>Plural, by which resources are watched: <c>postgresqls</c>.</summary>
    public required string Plural { get; init; }

    /// <summary>Short names for kubectl, in the first group only.</summary>
    public IReadOnlyList<string> ShortNames { get; init; } = [];

    /// <summary>API versions served, ours first and that of the reference operator last.</summary>
    public IReadOnlyList<string> Versions { get; init; } = ["v1"];

    /// <summary>API groups it is served in. Default <c>api.clever-cloud.com</c> alone.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [AddonCatalog.Group];

    /// <summary>Provider id of the Clever API: <c>postgresql-addon</c>.</summary>
    public required string ProviderId { get; init; }

    /// <summary>What it is, in a few words for CRD and docs: <c>PostgreSQL database</c>.</summary>
    public required string Description { get; init; }

    /// <summary>Finalizer without its prefix; absent = the kind in lower case.</summary>
    public string? FinalizerName { get; init; }

    /// <summary>Creation options a spec may set, <c>version</c> and <c>encryption</c> among them.</summary>
    public IReadOnlyList<AddonOption> Options { get; init; } = [];

    /// <summary>Plan id of kinds that have only one; such kinds take no plan in their spec.</summary>
    public string? FixedPlan { get; init; }

    /// <summary>Region of kinds that have only one and take none in their spec.</summary>
    public string? FixedRegion { get; init; }

    /// <summary>Status fields filled from the add-on's environment.</summary>
    public IReadOnlyList<StatusField> StatusFromEnvironment { get; init; } = [];

    /// <summary>Its entries by the Service Binding specification. Default: the type alone, which is the kind in lower case.</summary>
    public ServiceBinding Binding
    {
        get => field ?? new(Singular);
        init;
    }

    /// <summary>True for the kind whose environment is written from <c>spec.variables</c>.</summary>
    public bool WritesVariables { get; init; }

    /// <summary>Finalizer on resources of this kind, the reference operator's own.</summary>
    public string Finalizer => $"{AddonCatalog.Group}/{FinalizerName ?? Singular}";

    /// <summary>Kind in lower case, which is also its singular for kubectl.</summary>
    public string Singular => Name.ToLowerInvariant();

    /// <summary>True when a spec may ask for a version.</summary>
    public bool TakesVersion => Options.Any(option => option.Type == AddonOptionType.Version);

    /// <summary>True when plan, region and version of its add-ons change by a migration.</summary>
    public bool Migrates { get; init; }

    /// <summary>True when its add-ons are updated to another version in their place.</summary>
    public bool UpdatesVersion { get; init; }

    /// <summary>What stands under <c>instance</c> in the nested layout: <c>plan</c> and <c>region</c> unless fixed.</summary>
    public IReadOnlyList<string> InstanceFields =>
        [.. FixedPlan is null ? ["plan"] : Array.Empty<string>(), .. FixedRegion is null ? ["region"] : Array.Empty<string>()];

    /// <summary>What stands directly under <c>spec</c> in the flat layout only: the instance's fields and the options.</summary>
    public IEnumerable<string> FlatFields => InstanceFields.Concat(Options.Select(option => option.Name));

    /// <summary>True when nothing distinguishes the two layouts; its resources then count as nested, the reference operator's.</summary>
    public bool HasOneLayout => InstanceFields.Count == 0;

    /// <summary>Kind as it stands in the names of add-ons: the reference operator's spelling.</summary>
    public string NameInAddons => ReferenceName ?? Name;
}

/// <summary>A status field and the environment variable it shows.</summary>
internal sealed record StatusField(string Name, string Variable, string Description);
