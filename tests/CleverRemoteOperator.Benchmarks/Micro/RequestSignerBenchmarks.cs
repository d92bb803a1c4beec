using BenchmarkDotNet.Attributes;
using CleverRemoteOperator.CleverCloud.Http;
using CleverRemoteOperator.Configuration;

namespace CleverRemoteOperator.Benchmarks.Micro;

/// <summary>The header that every request to the Clever API carries.</summary>
public class RequestSignerBenchmarks
{
    private readonly CleverCredentials _credentials = new(new Uri("https://api.example.com"), "token", "secret", "consumer", "consumer-secret", null);
    private readonly Uri _address = new("https://api.example.com/v2/organisations/orga_00000000-0000-4000-8000-000000000001/addons/addon_00000000-0000-4000-8000-000000000002/env");

    [Benchmark(Description = "OAuth1 signature")]
    public string Sign() => RequestSigner.Authorization(_credentials, HttpMethod.Get, _address, "0123456789abcdef0123456789abcdef", DateTimeOffset.UnixEpoch);
}
