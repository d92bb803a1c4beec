using System.Diagnostics.CodeAnalysis;
using CleverRemoteOperator.Configuration.Sources;

namespace CleverRemoteOperator.Kubernetes.Api;

/// <summary>The body of an answer, whose failures are <see cref="KubernetesApiException"/>s while it is read.</summary>
internal sealed class AnswerStream(Stream inner, string request) : ForwardStream(inner)
{
    /// <summary>The content of an answer, read like this.</summary>
    public static async Task<HttpContent> ContentAsync(HttpContent content, string request, CancellationToken token)
    {
        var wrapped = new StreamContent(new AnswerStream(await content.ReadAsStreamAsync(token), request));
        foreach (var (name, values) in content.Headers.NonValidated)
        {
            wrapped.Headers.TryAddWithoutValidation(name, values);
        }

        return wrapped;
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever a transport fails with, it is that the answer broke off.")]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await Inner.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw ApiError.FromFailure(request, failure is OperationCanceledException ? new IOException("it was given up", failure) : failure);
        }
    }
}
