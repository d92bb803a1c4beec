using System.Net;

namespace CleverRemoteOperator.Configuration;

/// <summary>The proxy the environment names (<c>HTTPS_PROXY</c>, <c>NO_PROXY</c>), but never for this machine itself: as kubectl does.</summary>
internal sealed class OutboundProxy(IWebProxy proxy, NoProxyList exempt) : IWebProxy
{
    private static readonly NoProxyList ExemptHere = NoProxyList.Parse(ProcessEnvironment.NoProxy());

    public ICredentials? Credentials
    {
        get => proxy.Credentials;
        set => proxy.Credentials = value;
    }

    public static OutboundProxy OfThisProcess() => new(HttpClient.DefaultProxy, ExemptHere);

    // Without user and password, which messages about the proxy would cite; Credentials has them.
    public Uri? GetProxy(Uri destination) => IsExempt(destination) ? null
        : proxy.GetProxy(destination) is { UserInfo.Length: > 0 } address ? new UriBuilder(address) { UserName = "", Password = "" }.Uri
        : proxy.GetProxy(destination);

    public bool IsBypassed(Uri host) => IsExempt(host) || proxy.IsBypassed(host);

    private bool IsExempt(Uri host) => host.IsLoopback || exempt.Has(host);
}
