using System.Net.Http.Headers;
using k8s.Authentication;

namespace CleverRemoteOperator.Kubernetes;

/// <summary>Gives a bearer token that changes by and by.</summary>
internal interface ITokenSource : ITokenProvider, IDisposable
{
    /// <summary>The server refused this token. True when there is another one, or one may be got: then ask once more.</summary>
    bool Refused(AuthenticationHeaderValue? used);
}
