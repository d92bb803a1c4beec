namespace CleverRemoteOperator.Sandbox.CleverApi;

/// <summary>Ids of v2 messages whose real number is unknown: five digits beginning with 99 are the sandbox's own.</summary>
internal static class SyntheticId
{
    public const int Fault = 99000;
    public const int OwnerMissing = 99001;
    public const int OwnerOfAnother = 99002;
    public const int InvalidCreation = 99010;
    public const int Deleted = 99011;
    public const int DeletedTooEarly = 99012;
    public const int InvalidMigration = 99020;
    public const int MigrationRunning = 99021;
    public const int MigrationMissing = 99022;
    public const int InvalidWebhook = 99040;
    public const int WebhookMissing = 99041;
    public const int ProviderMissing = 99030;
}
