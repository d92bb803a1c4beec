using System.Collections;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Schemas.Cel;

/// <summary>all, exists, exists_one, map and filter.</summary>
internal static class CelMacros
{
    public static IReadOnlySet<string> Names { get; } = new HashSet<string> { "all", "exists", "exists_one", "map", "filter" };

    /// <summary>Compiles a macro over the items of a list or the keys of a map; null for a wrong number of bodies.</summary>
    public static CelNode? Compile(string name, CelNode target, string variable, CelNode[] bodies)
    {
        if (bodies.Length != 1 && !(name == "map" && bodies.Length == 2))
        {
            return null;
        }

        var body = bodies[^1];
        var test = bodies[0];
        return new CelNode(target.Position, scope =>
        {
            var items = Items(target.Evaluate(scope));
            CelScope Inner(object? item) => new(variable, item, scope);
            return name switch
            {
                "all" => Decide(items.Select(Inner), test, false),
                "exists" => Decide(items.Select(Inner), test, true),
                "exists_one" => items.Count(item => CelOperators.Bool(test.Evaluate(Inner(item)))) == 1,
                "filter" => items.Where(item => CelOperators.Bool(test.Evaluate(Inner(item)))).ToList(),
                _ => items.Where(item => bodies.Length == 1 || CelOperators.Bool(test.Evaluate(Inner(item)))).Select(item => body.Evaluate(Inner(item))).ToList(),
            };
        });
    }

    /// <summary>One item with this answer decides, whatever error another item gives.</summary>
    private static bool Decide(IEnumerable<CelScope> scopes, CelNode test, bool deciding)
    {
        CelException? failure = null;
        foreach (var scope in scopes)
        {
            try
            {
                if (CelOperators.Bool(test.Evaluate(scope)) == deciding)
                {
                    return deciding;
                }
            }
            catch (CelException exception)
            {
                failure = exception;
            }
        }

        return failure is null ? !deciding : throw failure;
    }

    private static IEnumerable<object?> Items(object? target) => target switch
    {
        List<object?> list => list,
        Dictionary<string, object?> map => ((IEnumerable)map.Keys).Cast<object?>(),
        _ => throw new CelException("no such overload"),
    };
}
