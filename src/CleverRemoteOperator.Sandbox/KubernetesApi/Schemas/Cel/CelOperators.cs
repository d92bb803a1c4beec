namespace CleverRemoteOperator.Sandbox.KubernetesApi.Schemas.Cel;

/// <summary>The operators on CEL values: null, bool, long, double, string, lists and maps.</summary>
internal static class CelOperators
{
    public static bool Bool(object? value) => value is bool truth ? truth : throw NoOverload();

    /// <summary>Logical or (deciding on true) and and: either side may decide, whatever error the other gives.</summary>
    public static bool Decide(CelNode left, CelNode right, CelScope scope, bool deciding)
    {
        try
        {
            return Bool(left.Evaluate(scope)) == deciding ? deciding : Bool(right.Evaluate(scope));
        }
        catch (CelException) when (Try(right, scope) == deciding)
        {
            return deciding;
        }
    }

    public static object Apply(string symbol, object? left, object? right) => symbol switch
    {
        "==" => Same(left, right),
        "!=" => !Same(left, right),
        "in" => right switch
        {
            List<object?> list => list.Any(item => Same(item, left)),
            Dictionary<string, object?> map => left is string key && map.ContainsKey(key),
            _ => throw NoOverload(),
        },
        "<" => Compare(left, right) < 0,
        "<=" => Compare(left, right) <= 0,
        ">" => Compare(left, right) > 0,
        ">=" => Compare(left, right) >= 0,
        _ => Calculate(symbol, left, right),
    };

    public static object Negate(object? value) => value switch
    {
        long integer => Checked(() => checked(-integer)),
        double number => -number,
        _ => throw NoOverload(),
    };

    public static object? Index(object? target, object? index) => (target, index) switch
    {
        (List<object?> list, long i) => i >= 0 && i < list.Count ? list[(int)i] : throw new CelException($"index out of bounds: {i}"),
        (Dictionary<string, object?>, string key) => Field(target, key),
        _ => throw NoOverload(),
    };

    public static object? Field(object? target, string name) => target is Dictionary<string, object?> map
        ? map.TryGetValue(name, out var value) ? value : throw new CelException($"no such key: {name}")
        : throw NoOverload();

    public static bool Has(object? target, string name) => target is Dictionary<string, object?> map ? map.ContainsKey(name) : throw NoOverload();

    public static CelException NoOverload() => new("no such overload");

    private static bool? Try(CelNode node, CelScope scope)
    {
        try
        {
            return node.Evaluate(scope) as bool?;
        }
        catch (CelException)
        {
            return null;
        }
    }

    private static bool Same(object? left, object? right) => (left, right) switch
    {
        (long or double, long or double) => Compare(left, right) == 0,
        (List<object?> a, List<object?> b) => a.Count == b.Count && a.Zip(b).All(pair => Same(pair.First, pair.Second)),
        (Dictionary<string, object?> a, Dictionary<string, object?> b) =>
            a.Count == b.Count && a.All(pair => b.TryGetValue(pair.Key, out var other) && Same(pair.Value, other)),
        _ => Equals(left, right),
    };

    private static int Compare(object? left, object? right) => (left, right) switch
    {
        (long a, long b) => a.CompareTo(b),
        (long a, double b) => ((double)a).CompareTo(b),
        (double a, long b) => a.CompareTo((double)b),
        (double a, double b) => a.CompareTo(b),
        (string a, string b) => string.CompareOrdinal(a, b),
        (bool a, bool b) => a.CompareTo(b),
        _ => throw NoOverload(),
    };

    private static object Calculate(string symbol, object? left, object? right) => (symbol, left, right) switch
    {
        ("+", string a, string b) => a + b,
        ("+", List<object?> a, List<object?> b) => a.Concat(b).ToList(),
        ("/", long, 0L) => throw new CelException("division by zero"),
        ("%", long, 0L) => throw new CelException("modulus by zero"),
        ("+", long a, long b) => Checked(() => checked(a + b)),
        ("-", long a, long b) => Checked(() => checked(a - b)),
        ("*", long a, long b) => Checked(() => checked(a * b)),
        ("/", long a, long b) => Checked(() => a / b),
        ("%", long a, long b) => Checked(() => a % b),
        ("+", double a, double b) => a + b,
        ("-", double a, double b) => a - b,
        ("*", double a, double b) => a * b,
        ("/", double a, double b) => a / b,
        _ => throw NoOverload(),
    };

    private static long Checked(Func<long> calculation)
    {
        try
        {
            return calculation();
        }
        catch (OverflowException)
        {
            throw new CelException("integer overflow");
        }
    }
}
