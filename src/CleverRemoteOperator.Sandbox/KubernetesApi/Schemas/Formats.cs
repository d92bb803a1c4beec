using System.Globalization;
using System.Net;
using System.Net.Mail;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Schemas;

/// <summary>The string formats that the API checks; others are let pass.</summary>
internal static partial class Formats
{
    public static bool Fits(string format, string text) => format switch
    {
        "byte" => Convert.TryFromBase64String(text, new byte[text.Length], out _),
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "date-time" => DateTimePattern().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
        "duration" => DurationPattern().IsMatch(text),
        "email" => MailAddress.TryCreate(text, out _),
        "hostname" => text.Length <= 255 && HostNamePattern().IsMatch(text),
        "ipv4" => IPAddress.TryParse(text, out var ip) && ip.AddressFamily == AddressFamily.InterNetwork && text.Count(c => c == '.') == 3,
        "ipv6" => IPAddress.TryParse(text, out var ip) && ip.AddressFamily == AddressFamily.InterNetworkV6,
        "cidr" => IPNetwork.TryParse(text, out _),
        "mac" => MacPattern().IsMatch(text),
        "uri" => UriPattern().IsMatch(text),
        "uuid" or "uuid3" or "uuid4" or "uuid5" => UuidPattern().IsMatch(text),
        _ => true,
    };

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})\z")]
    private static partial Regex DateTimePattern();

    [GeneratedRegex(@"^[+-]?(0|((\d+(\.\d*)?|\.\d+)\s*[a-zµμ]+\s*)+)\z")]
    private static partial Regex DurationPattern();

    [GeneratedRegex(@"^[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(\.[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*\z")]
    private static partial Regex HostNamePattern();

    [GeneratedRegex(@"^[0-9a-fA-F]{2}([:-][0-9a-fA-F]{2}){5}\z")]
    private static partial Regex MacPattern();

    [GeneratedRegex(@"^(/|[a-zA-Z][a-zA-Z0-9+.-]*:)\S*\z")]
    private static partial Regex UriPattern();

    [GeneratedRegex(@"^[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}\z")]
    private static partial Regex UuidPattern();
}
