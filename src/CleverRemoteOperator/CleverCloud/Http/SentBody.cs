using System.Net;
using System.Net.Http.Headers;

namespace CleverRemoteOperator.CleverCloud.Http;

/// <summary>A JSON body that knows whether it began to leave: before that, the API cannot have acted on the request.</summary>
internal sealed class SentBody : HttpContent
{
    private readonly byte[] _json;
    private readonly Func<bool> _mayLeave;
    private volatile bool _isSent;

    /// <param name="mayLeave">Asked as late as can be: a process may be stopped, or a machine sleep, wherever else one would ask.</param>
    public SentBody(byte[] json, Func<bool> mayLeave)
    {
        (_json, _mayLeave) = (json, mayLeave);
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    /// <summary>True once a byte of it may have left.</summary>
    public bool IsSent => _isSent;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (!_mayLeave())
        {
            throw new TooLateException();
        }

        _isSent = true;
        await stream.WriteAsync(_json, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _json.Length;
        return true;
    }
}

/// <summary>What was to be sent may not leave any more; nothing of it did.</summary>
internal sealed class TooLateException() : Exception("delayed for too long, not sent");
