using System.Net;
using System.Text;

namespace CleverRemoteOperator.Kubernetes.Api;

/// <summary>The client's side of SOCKS 5 (RFC 1928, RFC 1929): the proxy resolves the server's name.</summary>
internal static class Socks5Handshake
{
    private const byte Version = 5;
    private const byte NoAuthentication = 0;
    private const byte UserAndPassword = 2;

    public static async Task RunAsync(Stream stream, NetworkCredential? user, DnsEndPoint server, CancellationToken token)
    {
        await stream.WriteAsync(user is null ? new byte[] { Version, 1, NoAuthentication } : [Version, 2, NoAuthentication, UserAndPassword], token);
        var method = await ReadAsync(stream, 2, token);
        if (method[0] != Version)
        {
            throw Failure("not a SOCKS 5 proxy");
        }

        if (method[1] == UserAndPassword && user is not null)
        {
            await stream.WriteAsync(new byte[] { 1 }.Concat(Counted(user.UserName)).Concat(Counted(user.Password)).ToArray(), token);
            if ((await ReadAsync(stream, 2, token))[1] != 0)
            {
                throw Failure("it rejected user and password");
            }
        }
        else if (method[1] != NoAuthentication)
        {
            throw Failure("it requires a user and password, or another authentication method");
        }

        await stream.WriteAsync(Connect(server), token);
        var answer = await ReadAsync(stream, 4, token);
        if (answer[1] != 0)
        {
            throw Failure($"it cannot connect to {server.Host}:{server.Port}: {Words(answer[1])}");
        }

        // The address the proxy took, and a port: of no use to us.
        var length = answer[3] switch { 1 => 4, 4 => 16, _ => (await ReadAsync(stream, 1, token))[0] };
        await ReadAsync(stream, length + 2, token);
    }

    private static byte[] Connect(DnsEndPoint server)
    {
        var address = IPAddress.TryParse(server.Host, out var ip)
            ? [(byte)(ip.GetAddressBytes().Length == 4 ? 1 : 4), .. ip.GetAddressBytes()]
            : (byte[])[3, .. Counted(server.Host)];
        return [Version, 1, 0, .. address, (byte)(server.Port >> 8), (byte)server.Port];
    }

    private static byte[] Counted(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return bytes.Length <= byte.MaxValue ? [(byte)bytes.Length, .. bytes] : throw Failure("name, user or password is longer than 255 bytes");
    }

    private static async Task<byte[]> ReadAsync(Stream stream, int length, CancellationToken token)
    {
        var bytes = new byte[length];
        return await stream.ReadAtLeastAsync(bytes, length, throwOnEndOfStream: false, token) == length ? bytes : throw Failure("it closed the connection");
    }

    private static string Words(byte code) => code switch
    {
        2 => "not allowed",
        3 or 4 => "unreachable",
        5 => "connection refused",
        6 => "timed out",
        _ => $"SOCKS error {code}",
    };

    private static ConnectException Failure(string what) => new(FailureReason.Proxy, $"the proxy: {what}");
}
