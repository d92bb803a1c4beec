using CleverRemoteOperator.Configuration.Sources;
using CleverRemoteOperator.Kubernetes.Api;

namespace CleverRemoteOperator.Kubernetes.Kubeconfig;

/// <summary>
/// A token in a file that others rewrite before it expires, as the kubelet does. It is read once in two seconds at most; while the
/// file cannot be read the last token is used, until the server refuses that.
/// </summary>
/// <param name="first">What to use until then; null for nothing.</param>
internal sealed class TokenFile(string path, TimeProvider time, string? first = null) : ICredentialSource
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private Credential? _last = first is null ? null : new Credential(first);
    private KubernetesApiException? _problem;
    private long? _readAt;
    private bool _isRefused;

    public Task<Credential> GetAsync(CancellationToken token)
    {
        lock (_lock)
        {
            if (_readAt is not { } at || time.GetElapsedTime(at) >= KeptFor)
            {
                Read();
            }

            return _last is { } last && !(_isRefused && _problem is not null) ? Task.FromResult(last) : Task.FromException<Credential>(_problem!);
        }
    }

    public bool Refused(Credential used)
    {
        lock (_lock)
        {
            Read();
            _isRefused = ReferenceEquals(_last, used);
            return !_isRefused || _problem is not null;
        }
    }

    public void Dispose()
    {
    }

    private void Read()
    {
        _readAt = time.GetTimestamp();
        var text = RotatedFile.Read(path, out var whyNot)?.Trim();
        if (text is { Length: > 0 } && text.All(character => character is > ' ' and <= '~'))
        {
            _problem = null;
            if (_last?.Token != text)
            {
                (_last, _isRefused) = (new Credential(text), false);
            }

            return;
        }

        _problem = new KubernetesApiException($"token file {PathText.Shown(path)} {(text is null ? whyNot : "contains no token")}", null, "TokenFile");
    }
}
