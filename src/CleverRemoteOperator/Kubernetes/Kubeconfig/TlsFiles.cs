using CleverRemoteOperator.Configuration.Texts;

namespace CleverRemoteOperator.Kubernetes.Kubeconfig;

/// <summary>
/// Certificates and keys that others replace in their files before they expire: looked at once in two seconds at most, and taken up
/// once they are whole. What cannot be used, as a key whose certificate is yet to come, leaves everything as it was.
/// </summary>
/// <param name="first">What was read of them first.</param>
internal sealed class TlsFiles(TlsMaterial first, PemSource? authorities, PemSource? certificate, PemSource? key, TimeProvider time)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private TlsMaterial _now = first;
    private PemSource? _authorities = authorities;
    private PemSource? _certificate = certificate;
    private PemSource? _key = key;
    private long _lookedAt = time.GetTimestamp();

    /// <summary>Why what lies in the files now is not used; empty when it is.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>What to make a connection with: the very same until it changes.</summary>
    public TlsMaterial Now()
    {
        lock (_lock)
        {
            if (time.GetElapsedTime(_lookedAt) >= KeptFor)
            {
                Look();
            }

            return _now;
        }
    }

    /// <summary>Looks at once. True when something else than <paramref name="used"/> is to be used.</summary>
    public bool LookAgain(TlsMaterial used)
    {
        lock (_lock)
        {
            Look();
            return !ReferenceEquals(_now, used);
        }
    }

    private void Look()
    {
        _lookedAt = time.GetTimestamp();
        Problem = LookAtAuthorities();
        if (LookAtCertificate() is { Length: > 0 } problem)
        {
            Problem = problem;
        }
    }

    private string LookAtAuthorities()
    {
        var problem = "";
        if (_authorities?.Now(out problem) is { } next && !ReferenceEquals(next, _authorities))
        {
            var found = CertificateAuthorities.Read(next.Text);
            if (found.Count == 0)
            {
                return $"{Printable.Of(next.Path ?? "", 256)} contains no PEM certificate";
            }

            (_authorities, _now) = (next, _now with { Authorities = found });
        }

        return problem;
    }

    private string LookAtCertificate()
    {
        if (_certificate is null || _key is null)
        {
            return "";
        }

        var certificate = _certificate.Now(out var problem);
        var key = _key.Now(out var problemOfKey);
        if (problem.Length + problemOfKey.Length > 0 || (ReferenceEquals(certificate, _certificate) && ReferenceEquals(key, _key)))
        {
            return problem.Length > 0 ? problem : problemOfKey;
        }

        if (ClientCertificate.Read(certificate.Text, key.Text, out var mistake) is not { } next)
        {
            return $"{Printable.Of(certificate.Path ?? key.Path ?? "", 256)} {mistake}";
        }

        (_certificate, _key, _now) = (certificate, key, _now with { Certificate = next });
        return "";
    }
}
