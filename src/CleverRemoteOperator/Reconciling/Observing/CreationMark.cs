using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Kubernetes;

namespace CleverRemoteOperator.Reconciling.Observing;

/// <summary>
/// Written on a resource together with its finalizer, before its add-on is asked for. Whoever finds it later knows that an add-on
/// may exist although the status does not say so, since when, and which account would hold it.
/// </summary>
/// <param name="Id">Names this one attempt.</param>
/// <param name="Uid">Uid of the resource it was written on: a copied or restored resource carries a foreign one.</param>
/// <param name="At">When it was written, for people: nothing is decided by another machine's clock.</param>
/// <param name="Source">Which source the credentials came from, as in the status.</param>
/// <param name="Account">Id of the account; empty when its credentials may not tell.</param>
/// <param name="Replaces">Id of the missing add-on in whose place one was asked for; empty for the first one.</param>
/// <param name="IsRefused">True when the API refused the attempt: nothing was created, for certain.</param>
internal sealed record CreationMark(
    string Id, string Uid, DateTimeOffset At, string Organisation, string Source, string Account,
    string Replaces = "", bool IsRefused = false)
{
    /// <summary>The annotation that holds the mark.</summary>
    public const string Annotation = "api.clever-cloud.com/creation";

    public override string ToString() => new JsonObject
    {
        ["id"] = Id,
        ["uid"] = Uid,
        ["at"] = At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
        ["organisation"] = Organisation,
        ["credentials"] = Source,
        ["account"] = Account,
        ["replaces"] = Replaces,
        ["refused"] = IsRefused,
    }.ToJsonString();

    /// <summary>The mark on a resource; null when there is none. A mark nobody can read counts as one of this resource.</summary>
    public static CreationMark? Read(IReadOnlyDictionary<string, string> annotations, string uid)
    {
        if (!annotations.TryGetValue(Annotation, out var text))
        {
            return null;
        }

        try
        {
            var mark = JsonAnswer.TryParse(Encoding.UTF8.GetBytes(text));
            string? Text(string name) => (string?)mark?[name];
            if (Text("id") is { Length: > 0 } id && Text("uid") is { } owner && Text("at") is { } at
                && DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            {
                return new CreationMark(
                    id, owner, time, Text("organisation") ?? "", Text("credentials") ?? "", Text("account") ?? "",
                    Text("replaces") ?? "", (bool?)mark?["refused"] ?? false);
            }
        }
        catch (Exception failure) when (failure is InvalidOperationException or FormatException)
        {
            // Somebody edited it; treated like an attempt whose outcome is not known.
        }

        return new CreationMark("unreadable", uid, default, "", "", "");
    }
}
