using System.Net;
using System.Text;
using CleverRemoteOperator.Configuration.Texts;

namespace CleverRemoteOperator.Kubernetes.Api;

/// <summary>Has a proxy lead a connection on to a server: with HTTP's CONNECT, or SOCKS 5.</summary>
internal static class ProxyTunnel
{
    private const int MaxHead = 16 * 1024;

    /// <summary>Makes the connection to the proxy one to the server behind it.</summary>
    /// <param name="user">Who we are to the proxy; null for nobody.</param>
    public static Task OpenAsync(Stream stream, Uri proxy, NetworkCredential? user, DnsEndPoint server, CancellationToken token) =>
        proxy.Scheme.StartsWith("socks5", StringComparison.Ordinal)
            ? Socks5Handshake.RunAsync(stream, user, server, token)
            : ConnectAsync(stream, user, server, token);

    private static async Task ConnectAsync(Stream stream, NetworkCredential? user, DnsEndPoint server, CancellationToken token)
    {
        var target = server.Host.Contains(':', StringComparison.Ordinal) ? $"[{server.Host}]:{server.Port}" : $"{server.Host}:{server.Port}";
        var authorization = user is null
            ? ""
            : $"Proxy-Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user.UserName}:{user.Password}"))}\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n{authorization}\r\n"), token);
        var words = (await HeadAsync(stream, token)).Split('\r')[0].Split(' ', 3);
        if (words is not [_, var status, ..] || !status.StartsWith('2'))
        {
            var said = Printable.Of(string.Join(' ', words.Skip(1)), 64);
            throw new ConnectException(FailureReason.Proxy, $"the proxy cannot connect to {target}: {(said.Length == 0 ? "not an HTTP proxy" : said)}");
        }
    }

    // Byte by byte: what follows the head belongs to the server.
    private static async Task<string> HeadAsync(Stream stream, CancellationToken token)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (head.Length < MaxHead && await stream.ReadAsync(one, token) == 1)
        {
            head.Append((char)one[0]);
            if (one[0] == '\n' && (head.EndsWith("\r\n\r\n") || head.EndsWith("\n\n")))
            {
                return head.ToString();
            }
        }

        throw new ConnectException(FailureReason.Proxy, "the proxy closed the connection without an answer");
    }

    private static bool EndsWith(this StringBuilder text, string end) =>
        text.Length >= end.Length && text.ToString(text.Length - end.Length, end.Length) == end;
}
