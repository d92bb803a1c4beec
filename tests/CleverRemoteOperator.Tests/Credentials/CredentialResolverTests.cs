using CleverRemoteOperator.Configuration;
using CleverRemoteOperator.Credentials;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Kubernetes.Objects;
using CleverRemoteOperator.Tests.Reconciling;
using CleverRemoteOperator.Watching;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CleverRemoteOperator.Tests.Credentials;

public sealed class CredentialResolverTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly Steps _steps = new();
    private readonly FakeCluster _cluster;
    private readonly CredentialResolver _resolver;

    public CredentialResolverTests()
    {
        _cluster = new FakeCluster(_steps);
        var watch = new Reflector<CredentialSecret>(
            _cluster, new WatchScope(ApiResource.Secrets, null), CredentialSecretFormat.Format, new ListSlots(), _time, () => 0, NullLogger.Instance);
        _resolver = new CredentialResolver(_cluster, watch, null, null, _ => new CredentialsReading(null, []), new UsedCredentials(_ => { }), _time);
    }

    [Fact]
    public async Task One_look_answers_for_every_resource_that_was_read_before_it_and_for_none_read_later()
    {
        var read = _time.GetTimestamp();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.False(await AskAsync(read));
        Assert.False(await AskAsync(read));
        Assert.Single(_steps.Made);

        // A Secret that comes with the next resource.
        _cluster.Secrets[CredentialSecret.SecretName] = (new SecretMetadata("default", CredentialSecret.SecretName, "u", "1", []), []);
        Assert.False(await AskAsync(read));
        Assert.True(await AskAsync(_time.GetTimestamp()));
        Assert.Equal(2, _steps.Made.Count);
    }

    public void Dispose() => _cluster.Dispose();

    private Task<bool> AskAsync(long since) => _resolver.HasSecretAsync("default", since, TestContext.Current.CancellationToken);
}
