using System.Text.RegularExpressions;

namespace CleverRemoteOperator.Addons.Secrets;

/// <summary>Reads <c>spec.secret.restart</c>: a word, or a list of workloads.</summary>
internal static partial class SecretConsumersReader
{
    private const string Allowed = $"{SecretConsumers.Word}, or a list of objects with kind (Deployment, StatefulSet or DaemonSet) and name";

    /// <summary>Null when nothing is to be restarted.</summary>
    public static SecretConsumers? Read(SpecSection secret)
    {
        if (secret.Sections("restart") is not { } list)
        {
            return secret.Text("restart", Word(), Allowed) is null ? null : new([]);
        }

        var named = new List<NamedConsumer>();
        foreach (var item in list)
        {
            item.Only("kind", "name");
            var kind = item.RequiredText("kind", Kind(), "Deployment, StatefulSet or DaemonSet");
            if (item.RequiredText("name", Name(), "the name of the workload") is { } name && kind is not null)
            {
                named.Add(new(Enum.Parse<ConsumerKind>(kind), name));
            }
        }

        return new(named);
    }

    [GeneratedRegex($@"^{SecretConsumers.Word}\z")]
    private static partial Regex Word();

    [GeneratedRegex(@"^(Deployment|StatefulSet|DaemonSet)\z")]
    private static partial Regex Kind();

    [GeneratedRegex(@"^(?=.{1,253}\z)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex Name();
}
