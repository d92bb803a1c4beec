using System.Net;
using System.Net.Http.Json;
using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.CleverCloud.Wire;
using CleverRemoteOperator.Sandbox.CleverApi.Authorization;

namespace CleverRemoteOperator.Benchmarks.Fleet;

/// <summary>Asks the sandbox's Clever API for add-ons like one that is there, with nothing around the requests: no budget, no retries.</summary>
internal sealed class CleverClient : IDisposable
{
    private static readonly Account User = Account.Defaults[0];

    private readonly HttpClient _http;
    private readonly CleverAddon _like;

    private CleverClient(HttpClient http, CleverAddon like) => (_http, _like) = (http, like);

    /// <summary>The account's own id.</summary>
    public static string AccountId => User.UserId;

    public static string Organisation => User.OrganisationId;

    private static string Addons => $"/v2/organisations/{Organisation}/addons";

    /// <summary>Looks for any add-on of the organisation; there has to be one.</summary>
    public static async Task<CleverClient> StartAsync(Uri address)
    {
        var http = new HttpClient
        {
            BaseAddress = address,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultRequestHeaders = { Authorization = new("Bearer", User.Bearer) },
        };
        var addons = await http.GetFromJsonAsync(Addons, WireJson.Default.ListWireAddon);
        return new(http, addons![0]!.ToModel());
    }

    /// <summary>Creates an add-on; gives its id.</summary>
    public async Task<string> CreateAsync(string name)
    {
        var body = new WireCreation(name, _like.Region, _like.ProviderId, _like.Plan.Id, new Dictionary<string, string>());
        using var answer = await _http.PostAsJsonAsync(Addons, body, WireJson.Default.WireCreation);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync(WireJson.Default.WireAddon))!.ToModel().Id;
    }

    public async Task<IReadOnlyDictionary<string, string>> EnvironmentAsync(string id) =>
        (await _http.GetFromJsonAsync($"{Addons}/{id}/env", WireJson.Default.ListWireVariable))!.ToModel();

    public void Dispose() => _http.Dispose();
}
