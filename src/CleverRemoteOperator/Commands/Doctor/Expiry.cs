using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CleverRemoteOperator.Commands.Screens;

namespace CleverRemoteOperator.Commands.Doctor;

/// <summary>When what proves who we are ends.</summary>
internal static class Expiry
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(7);

    /// <summary>Fails once it is over, warns a week before.</summary>
    /// <param name="what">Of what: <c>the token</c>.</param>
    public static Check Of(string check, string what, DateTimeOffset end, DateTimeOffset now)
    {
        var date = end.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        return end <= now ? Check.Failed(check, $"{what} expired {Age.Of(now - end)} ago, on {date}: renew it")
            : end - now < Soon ? Check.Warning(check, $"{what} expires in {Age.Of(end - now)}, on {date}: renew it")
            : Check.Ok(check, $"{what} expires in {Age.Of(end - now)}, on {date}");
    }

    /// <summary>What a bearer token says of its own end; null when it says nothing, or is no web token.</summary>
    public static DateTimeOffset? OfToken(string token)
    {
        var parts = token.Split('.');
        try
        {
            if (parts.Length != 3)
            {
                return null;
            }

            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
            return claims.RootElement.ValueKind == JsonValueKind.Object && claims.RootElement.TryGetProperty("exp", out var end) && end.TryGetInt64(out var seconds)
                ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                : null;
        }
        catch (Exception other) when (other is FormatException or JsonException or ArgumentException or DecoderFallbackException or InvalidOperationException)
        {
            return null;
        }
    }
}
