namespace CleverRemoteOperator.Addons.Kinds;

/// <summary>Jenkins: continuous integration. It gives no variables that are documented: its address is in Clever Cloud's console.</summary>
internal static class Jenkins
{
    public static AddonKind Kind { get; } = new()
    {
        Name = "Jenkins",
        Plural = "jenkins",
        ProviderId = "jenkins",
        Description = "Jenkins continuous integration",
        Options = [AddonOption.Encryption],
    };
}
