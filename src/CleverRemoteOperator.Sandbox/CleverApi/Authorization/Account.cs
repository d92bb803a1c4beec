using System.Diagnostics.CodeAnalysis;

namespace CleverRemoteOperator.Sandbox.CleverApi.Authorization;

/// <summary>One user of the sandbox with the organisation and the personal space only that user sees.</summary>
internal sealed record Account(string Token, string Secret, string Bearer, string OrganisationId)
{
    private const string OrganisationPrefix = "orga_";

    /// <summary>The accounts of a sandbox that was given none.</summary>
    public static IReadOnlyList<Account> Defaults { get; } =
    [
        new("sandbox-token", "sandbox-secret", "sandbox-bearer", "orga_00000000-0000-4000-8000-000000000001"),
        new("other-token", "other-secret", "other-bearer", "orga_00000000-0000-4000-8000-000000000002"),
    ];

    /// <summary>The personal space: the user's id is an organisation's id too.</summary>
    public string UserId => "user_" + OrganisationId[OrganisationPrefix.Length..];

    public string OrganisationName => "Sandbox " + Number;

    public string UserName => "Sandbox User " + Number;

    public string Email => $"user-{Number}@sandbox.example";

    private string Number => OrganisationId[(OrganisationId.LastIndexOf('-') + 1)..].TrimStart('0');

    public bool Owns(string ownerId) => ownerId == OrganisationId || ownerId == UserId;

    /// <summary>Reads <c>token:secret:bearer:organisation</c>; on failure <paramref name="problem"/> says what is allowed.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Account? account, [NotNullWhen(false)] out string? problem)
    {
        account = null;
        var parts = text.Split(':');
        if (parts.Length != 4 || parts.Any(string.IsNullOrWhiteSpace))
        {
            problem = "an account is token:secret:bearer:organisation, four parts and none empty";
            return false;
        }

        var organisation = parts[3];
        if (!organisation.StartsWith(OrganisationPrefix, StringComparison.Ordinal) || !Guid.TryParseExact(organisation[OrganisationPrefix.Length..], "D", out _))
        {
            problem = $"'{organisation}' is no organisation; allowed is orga_ and a UUID";
            return false;
        }

        account = new Account(parts[0], parts[1], parts[2], organisation);
        problem = null;
        return true;
    }

    /// <summary>Names the organisation only: token, secret and bearer are credentials.</summary>
    public override string ToString() => OrganisationId;
}
