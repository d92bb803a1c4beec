using System.Security.Cryptography;
using System.Text;
using CleverRemoteOperator.Sandbox.KubernetesApi.Errors;
using Microsoft.AspNetCore.Http;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Authentication;

/// <summary>The tokens of one cluster's users, made anew with each cluster.</summary>
internal sealed class BearerTokens
{
    private readonly Dictionary<ClusterUser, string> _tokens = Enum.GetValues<ClusterUser>().ToDictionary(
        user => user,
        user => $"{NameOf(user)}-{RandomNumberGenerator.GetHexString(32, lowercase: true)}");

    public static string NameOf(ClusterUser user) => user switch
    {
        ClusterUser.Admin => "admin",
        ClusterUser.Viewer => "viewer",
        _ => "denied",
    };

    public static IReadOnlyList<string> GroupsOf(ClusterUser user) =>
        user == ClusterUser.Admin ? ["system:masters", "system:authenticated"] : ["system:authenticated"];

    public string Of(ClusterUser user) => _tokens[user];

    /// <summary>The user of the request's token; throws 401 for none and for a wrong one.</summary>
    public ClusterUser Authenticate(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            throw ApiErrors.Unauthorized();
        }

        var given = Encoding.UTF8.GetBytes(header["Bearer ".Length..].Trim());
        foreach ((var user, var token) in _tokens)
        {
            if (CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(token)))
            {
                return user;
            }
        }

        throw ApiErrors.Unauthorized();
    }
}
