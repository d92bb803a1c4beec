using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Credentials;

namespace CleverRemoteOperator.Reconciling.Observing;

/// <summary>The account that serves a resource, and the organisation its add-on lives in.</summary>
/// <param name="Id">The account's own id; null when its credentials may not tell.</param>
internal sealed record Account(ResolvedCredentials Credentials, ICleverApi Api, string Organisation, string? Id)
{
    /// <summary>True for the same place reached by the same sort of credentials, which may have been renewed.</summary>
    public bool IsSameAs(Account other) =>
        Organisation == other.Organisation && Credentials.SourceName == other.Credentials.SourceName && Id == other.Id;
}
