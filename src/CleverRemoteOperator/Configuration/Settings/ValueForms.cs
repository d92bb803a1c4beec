using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Configuration.Sources;
using CleverRemoteOperator.Configuration.Texts;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Configuration.Settings;

/// <summary>The forms of values the settings use.</summary>
internal static partial class ValueForms
{
    private static readonly TimeSpan ShortestDuration = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestDuration = TimeSpan.FromDays(7);

    /// <summary>Any text, blanks around it dropped.</summary>
    public static readonly ValueForm<string> Text = Single("one text", text => new Parsed<string>(text));

    public static readonly ValueForm<bool> Boolean = Single("true, false", text => bool.TryParse(text, out var flag) ? new Parsed<bool>(flag) : null);

    public static readonly ValueForm<TimeSpan> Duration = Single("a duration from 100ms to 7d, such as 500ms, 30s, 10m or 1h30m", ReadDuration);

    /// <summary>An organisation's or a user's identifier: goes into the path of requests.</summary>
    public static readonly ValueForm<string> Organisation = Matching("an identifier such as orga_… or user_…: letters, digits, \"_\" and \"-\"", Identifier().IsMatch);

    public static readonly ValueForm<IReadOnlyList<string>> Organisations = List("a list of identifiers such as orga_… or user_…", Identifier().IsMatch);

    /// <summary>Names of clusters, alone or as <c>fleet.name</c>.</summary>
    public static readonly ValueForm<IReadOnlyList<string>> OwnerNames = List("a list of names of clusters, each alone or as fleet.name", text => text.Split('.') is { Length: <= 2 } labels && labels.All(label => KubernetesNames.IsLabel(label)));

    /// <summary>A DNS-1123 label: a namespace's or cluster's name.</summary>
    public static readonly ValueForm<string> Label = Matching("lower-case letters, digits and \"-\", at most 63, with a letter or digit at both ends", text => KubernetesNames.IsLabel(text));

    /// <summary>Namespaces, or <c>*</c> alone for all of them.</summary>
    public static readonly ValueForm<IReadOnlyList<string>> Namespaces = new(
        "a list of namespace names, or \"*\" alone for all",
        value =>
        {
            string[] names = [.. value.Split(',').Distinct(StringComparer.Ordinal)];
            return names is ["*"] || (names.Length > 0 && names.All(name => KubernetesNames.IsLabel(name))) ? new(names) : null;
        });

    /// <summary>A kubeconfig, base64 taken off. Whether it is one is seen when it is loaded: one that is not must stop no other cluster.</summary>
    public static readonly ValueForm<string> Kubeconfig = new(
        "a kubeconfig as YAML, or base64 of it; the path of a file is another setting",
        value => value.Text is { } text ? new(Base64Text.Unwrap(text, times: 2)) : null);

    public static readonly ValueForm<IReadOnlyList<string>> Paths = new("a list of files and folders", value => new([.. value.Split(':')]));

    public static readonly ValueForm<IReadOnlyList<string>> VariableNames = new(
        "a list of names of variables such as AWS_PROFILE, or AWS_* for all that start so",
        value => value.Split(',').All(VariableName().IsMatch) ? new([.. value.Split(',')]) : null);

    public static readonly ValueForm<IReadOnlyList<Uri>> Origins = new(
        "a list of origins such as https://api.example.com, without user, path, query or fragment",
        value =>
        {
            Uri?[] origins = [.. value.Split(',').Select(ApiEndpoint.ParseOrigin)];
            return origins.Any(origin => origin is null) ? null : new([.. origins.OfType<Uri>()]);
        });

    public static readonly ValueForm<LogFormat> LogFormat = OneOf(
        ("text", Configuration.LogFormat.Text), ("json", Configuration.LogFormat.Json));

    public static readonly ValueForm<LogLevel> LogLevel = OneOf(
        ("trace", Microsoft.Extensions.Logging.LogLevel.Trace), ("debug", Microsoft.Extensions.Logging.LogLevel.Debug),
        ("information", Microsoft.Extensions.Logging.LogLevel.Information), ("warning", Microsoft.Extensions.Logging.LogLevel.Warning),
        ("error", Microsoft.Extensions.Logging.LogLevel.Error));

    public static readonly ValueForm<AddonNames> AddonNames = OneOf(("own", Configuration.AddonNames.Own), ("reference", Configuration.AddonNames.Reference));

    public static readonly ValueForm<DeletionPolicy> DeletionPolicy = OneOf(("Delete", Addons.DeletionPolicy.Delete), ("Retain", Addons.DeletionPolicy.Retain));

    public static ValueForm<int> Number(int smallest, int largest) => Single(
        $"a whole number from {smallest} to {largest}",
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= smallest && number <= largest
            ? new Parsed<int>(number) : null);

    /// <summary>Where to listen. A port alone listens on <paramref name="alone"/>, <c>:port</c> on every IPv4 address.</summary>
    public static ValueForm<IPEndPoint> Listener(IPAddress alone) => Single(
        "address:port, :port or port, such as 0.0.0.0:8000, [::]:8000, localhost:8000",
        text =>
        {
            var colon = text.LastIndexOf(':');
            var host = colon < 0 ? null : text[..colon];
            var address = host switch
            {
                null => alone,
                "" or "*" => IPAddress.Any,
                "localhost" => IPAddress.Loopback,
                // An IPv6 address without brackets would hide which colon starts the port.
                _ => host.Contains(':') == host.StartsWith('[') && IPAddress.TryParse(host, out var parsed) ? parsed : null,
            };
            return address is not null && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
                ? new Parsed<IPEndPoint>(new(address, port)) : null;
        });

    private static ValueForm<T> OneOf<T>(params (string Name, T Value)[] choices) where T : notnull => Single(
        string.Join(", ", choices.Select(choice => choice.Name)),
        text => choices.Where(choice => string.Equals(choice.Name, text, StringComparison.OrdinalIgnoreCase))
            .Select(choice => new Parsed<T>(choice.Value)).FirstOrDefault());

    private static ValueForm<IReadOnlyList<string>> List(string allowed, Func<string, bool> isOne) => new(
        allowed,
        value =>
        {
            string[] items = [.. value.Split(',').Distinct(StringComparer.Ordinal)];
            return items.All(isOne) ? new(items) : null;
        });

    private static ValueForm<string> Matching(string allowed, Func<string, bool> isOne) =>
        Single(allowed, text => isOne(text) ? new Parsed<string>(text) : null);

    private static ValueForm<T> Single<T>(string allowed, Func<string, Parsed<T>?> read) where T : notnull =>
        new(allowed, value => value.Text is { } text ? read(text.Trim()) : null);

    private static Parsed<TimeSpan>? ReadDuration(string text)
    {
        var match = DurationParts().Match(text);
        double Part(string name) => match.Groups[name] is { Success: true } group ? double.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : 0;
        var duration = TimeSpan.FromDays(Part("d")) + TimeSpan.FromHours(Part("h")) + TimeSpan.FromMinutes(Part("m"))
            + TimeSpan.FromSeconds(Part("s")) + TimeSpan.FromMilliseconds(Part("ms"));
        return match.Success && duration >= ShortestDuration && duration <= LongestDuration ? new(duration) : null;
    }

    [GeneratedRegex(@"\A(?:(?<d>\d{1,6})d)?(?:(?<h>\d{1,6})h)?(?:(?<m>\d{1,6})m(?!s))?(?:(?<s>\d{1,6})s)?(?:(?<ms>\d{1,9})ms)?\z")]
    private static partial Regex DurationParts();

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\*?\z")]
    private static partial Regex VariableName();

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,128}\z")]
    private static partial Regex Identifier();
}
