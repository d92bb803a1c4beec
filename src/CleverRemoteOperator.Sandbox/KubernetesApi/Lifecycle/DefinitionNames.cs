using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Lifecycle;

/// <summary>Which of a definition's names are still free in its group.</summary>
internal static class DefinitionNames
{
    /// <summary>The names it may use, and the last name that is taken, as reason and message; null when all are free.</summary>
    public static (JsonObject Accepted, (string Reason, string Message)? Conflict) Check(JsonObject wanted, JsonObject acceptedBefore, IReadOnlyList<JsonObject> others)
    {
        HashSet<string> resources = [.. others.SelectMany(names => names.Texts("shortNames").Append(names.Text("plural")).Append(names.Text("singular"))).OfType<string>()];
        HashSet<string> kinds = [.. others.SelectMany(names => new[] { names.Text("kind"), names.Text("listKind") }).OfType<string>()];
        var accepted = acceptedBefore.Copy();
        (string, string)? conflict = null;
        foreach ((var field, var taken) in new[] { ("plural", resources), ("singular", resources), ("shortNames", resources), ("kind", kinds), ("listKind", kinds) })
        {
            var asked = field == "shortNames" ? wanted.Texts(field) : [wanted.Text(field) ?? ""];
            string[] used = [.. asked.Where(taken.Contains)];
            if (used.Length > 0)
            {
                var reason = char.ToUpperInvariant(field[0]) + field[1..] + "Conflict";
                conflict = (reason, string.Join(", ", used.Select(name => $"\"{name}\" is already in use")));
            }
            else if (wanted.ContainsKey(field))
            {
                accepted[field] = wanted[field]!.DeepClone();
            }
        }

        if (wanted.ContainsKey("categories"))
        {
            accepted["categories"] = wanted["categories"]!.DeepClone();
        }

        return (accepted, conflict);
    }
}
