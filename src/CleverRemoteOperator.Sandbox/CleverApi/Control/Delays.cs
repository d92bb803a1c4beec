namespace CleverRemoteOperator.Sandbox.CleverApi.Control;

/// <summary>What takes how long; begins as the options say and may be changed while the sandbox runs.</summary>
internal sealed record Delays(TimeSpan ListLag, TimeSpan Provisioning, TimeSpan DeletableAfter, TimeSpan Migration, TimeSpan CertificateLife)
{
    public static Delays Of(CleverApiServerOptions options) =>
        new(options.ListLag, options.ProvisioningDelay, options.DeletableAfter, options.MigrationDuration, options.CertificateLife);
}
