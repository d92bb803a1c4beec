using System.Net;
using System.Net.Http.Headers;

namespace CleverRemoteOperator.CleverCloud;

/// <summary>A JSON body that knows whether it began to leave: before that, the API cannot have acted on the request.</summary>
internal sealed class SentBody : HttpContent
{
    private readonly byte[] _json;
    private volatile bool _isSent;

    public SentBody(byte[] json)
    {
        _json = json;
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    /// <summary>True once a byte of it may have left.</summary>
    public bool IsSent => _isSent;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _isSent = true;
        await stream.WriteAsync(_json, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _json.Length;
        return true;
    }
}
