namespace CleverRemoteOperator.CleverCloud;

/// <summary>Who is told of which events of an organisation.</summary>
/// <param name="Urls">Where to; they hold secrets.</param>
/// <param name="State"><c>ENABLED</c>, or why not, in the API's own word.</param>
internal sealed record CleverWebhook(string Id, string Name, IReadOnlyList<string> Urls, IReadOnlyList<string> Events, string? State)
{
    /// <summary>Without the addresses.</summary>
    public override string ToString() => $"webhook {Id}";
}

/// <summary>A webhook to be made; it hears of all add-ons of its organisation.</summary>
/// <param name="Url">Where to; it holds a secret.</param>
/// <param name="Events"><c>ADDON_CREATION</c> and <c>ADDON_DELETION</c> are the ones there are for add-ons.</param>
internal sealed record CleverWebhookRequest(string Name, Uri Url, IReadOnlyList<string> Events)
{
    /// <summary>Without the address.</summary>
    public override string ToString() => $"webhook \"{Name}\"";
}
