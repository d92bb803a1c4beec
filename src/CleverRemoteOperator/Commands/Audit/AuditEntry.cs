namespace CleverRemoteOperator.Commands.Audit;

/// <summary>What is to be said of an add-on, or of a resource without one.</summary>
internal enum AuditVerdict
{
    /// <summary>The add-on bears the name of a resource that its cluster does not have: it costs money and serves nobody.</summary>
    Orphan,

    /// <summary>The resource names an add-on that its organisation does not have.</summary>
    Missing,

    /// <summary>Several add-ons bear the name of one resource.</summary>
    Duplicate,

    /// <summary>The add-on bears the reference operator's name, which says nothing of a cluster.</summary>
    Unclaimed,

    /// <summary>The add-on belongs to a namespace that is not served: nobody looked whether its resource exists.</summary>
    NotServed,

    /// <summary>The add-on belongs to a cluster that is not configured here.</summary>
    OtherCluster,
}

/// <summary>One line of the audit.</summary>
/// <param name="Addon">Id of the add-on.</param>
/// <param name="Name">Its name; empty for a missing one.</param>
/// <param name="Cluster">The cluster it is about; empty when nobody knows.</param>
/// <param name="Resource"><c>namespace/Kind/name</c>; empty when nobody knows.</param>
internal sealed record AuditEntry(AuditVerdict Verdict, string Addon, string Organisation, string Name, string Cluster, string Resource)
{
    /// <summary>True when somebody should do something.</summary>
    public bool IsWrong => Verdict is AuditVerdict.Orphan or AuditVerdict.Missing or AuditVerdict.Duplicate;

    /// <summary>What it means, and the way out.</summary>
    public static string Meaning(AuditVerdict verdict) => verdict switch
    {
        AuditVerdict.Orphan => "add-ons whose resource is gone: delete them at Clever Cloud if nobody needs their data (clever addon delete ID)",
        AuditVerdict.Missing => "resources whose add-on is gone: see explain AddonMissing",
        AuditVerdict.Duplicate => "add-ons that share a resource: keep the one in its status, delete the others at Clever Cloud",
        AuditVerdict.Unclaimed => "add-ons of the reference operator that no cluster has claimed yet: see docs/upgrading.md",
        AuditVerdict.NotServed => "add-ons of namespaces that are not served here: nobody looked for their resources",
        _ => "add-ons of clusters that are not configured here",
    };
}
