using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace CleverRemoteOperator.IntegrationTests.Servers;

/// <summary>Ports for programs that cannot choose one themselves.</summary>
internal static class FreePort
{
    // Below the range from which the system takes ports of outgoing connections: none of these can take it meanwhile.
    private const int First = 20000;
    private const int Last = 32000;

    public static int Take()
    {
        while (true)
        {
            using var probe = new TcpListener(IPAddress.Loopback, RandomNumberGenerator.GetInt32(First, Last));
            try
            {
                probe.Start();
                return ((IPEndPoint)probe.LocalEndpoint).Port;
            }
            catch (SocketException failure) when (failure.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
            }
        }
    }
}
