namespace CleverRemoteOperator.Benchmarks.Measuring;

/// <summary>What figures are about, in the order in which a person looks for it.</summary>
internal enum Group
{
    Size,
    Time,
    CreateToSecret,
    EditToStatus,
    DeleteToGone,
    Ratio,
    Operator,
    Scrape,
    OtherCpu,
    KubernetesEach,
    Kubernetes,
    KubernetesUpkeep,
    CleverEach,
    Clever,
    HotPaths,
}

/// <summary>Groups as headings.</summary>
internal static class GroupText
{
    public static string Heading(this Group group) => group switch
    {
        Group.Size => "size",
        Group.Time => "time",
        Group.CreateToSecret => "create → Secret",
        Group.EditToStatus => "edit → status",
        Group.DeleteToGone => "delete → gone",
        Group.Ratio => "create → Secret, compared",
        Group.Operator => "operator",
        Group.Scrape => "scrapes",
        Group.OtherCpu => "CPU of others",
        Group.KubernetesEach => "Kubernetes requests a created resource",
        Group.Kubernetes => "Kubernetes requests",
        Group.KubernetesUpkeep => "Kubernetes upkeep: Leases, probes",
        Group.CleverEach => "Clever API requests a created resource",
        Group.Clever => "Clever API requests",
        _ => "hot paths, one time each",
    };
}
