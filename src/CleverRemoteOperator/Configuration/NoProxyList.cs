using System.Net;

namespace CleverRemoteOperator.Configuration;

/// <summary>
/// The hosts of <c>NO_PROXY</c> as Go reads them, and so kubectl: names with all below them, <c>.name</c> for only those below it,
/// addresses, networks such as <c>10.0.0.0/8</c>, each with a port or without, and <c>*</c> for all. The runtime knows neither networks nor ports.
/// </summary>
internal sealed class NoProxyList
{
    private readonly List<(string Host, int? Port)> _hosts = [];
    private readonly List<IPNetwork> _networks = [];
    private readonly bool _isAll;

    private NoProxyList(IEnumerable<string> entries)
    {
        foreach (var entry in entries)
        {
            if (entry == "*")
            {
                _isAll = true;
            }
            else if (entry.Contains('/') && IPNetwork.TryParse(entry, out var network))
            {
                _networks.Add(network);
            }
            else
            {
                _hosts.Add(Split(entry.StartsWith("*.", StringComparison.Ordinal) ? entry[1..] : entry));
            }
        }
    }

    /// <summary>The list; what is none of its forms matches nothing.</summary>
    public static NoProxyList Parse(string? text) =>
        new((text ?? "").ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Whether the server of this address is on it.</summary>
    public bool Has(Uri address)
    {
        var host = address.IdnHost.TrimEnd('.').ToLowerInvariant();
        return _isAll
            || (IPAddress.TryParse(host, out var ip) && _networks.Any(network => network.Contains(ip)))
            || _hosts.Any(entry => (entry.Port is null || entry.Port == address.Port) && Matches(entry.Host, host, ip));
    }

    private static bool Matches(string entry, string host, IPAddress? ip) =>
        ip is not null ? IPAddress.TryParse(entry, out var one) && one.Equals(ip)
        : entry.StartsWith('.') ? host.EndsWith(entry, StringComparison.Ordinal)
        : host == entry || host.EndsWith('.' + entry, StringComparison.Ordinal);

    private static (string Host, int? Port) Split(string entry)
    {
        var colon = entry.LastIndexOf(':');
        return colon > 0 && (entry.IndexOf(':') == colon || entry[colon - 1] == ']') && ushort.TryParse(entry[(colon + 1)..], out var port)
            ? (entry[..colon].Trim('[', ']'), port)
            : (entry.Trim('[', ']'), null);
    }
}
