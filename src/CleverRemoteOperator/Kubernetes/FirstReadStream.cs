using System.Net.Security;

namespace CleverRemoteOperator.Kubernetes;

/// <summary>
/// TLS that tells why its first read failed: with TLS 1.3 a server refuses our certificate only after the handshake, and what reads
/// the first answer of HTTP/2 keeps that to itself.
/// </summary>
/// <param name="failed">Told of the failure; null for an end without a word.</param>
internal sealed class FirstReadStream(Stream inner, Action<Exception?> failed) : SslStream(inner)
{
    private bool _hasRead;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _hasRead ? base.ReadAsync(buffer, cancellationToken) : FirstAsync(buffer, cancellationToken);

    private async ValueTask<int> FirstAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            var read = await base.ReadAsync(buffer, cancellationToken);
            // Reads of no bytes only wait.
            _hasRead = read > 0;
            if (read == 0 && buffer.Length > 0)
            {
                failed(null);
            }

            return read;
        }
        catch (IOException failure)
        {
            failed(failure);
            throw;
        }
    }
}
