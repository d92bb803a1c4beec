using System.Globalization;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Schemas.Cel;

/// <summary>The functions that rules may call; a method gets its target as the first argument.</summary>
internal static class CelFunctions
{
    private static readonly Dictionary<(string Name, int Arguments), Func<object?[], object?>> Methods = new()
    {
        [("size", 1)] = arguments => Size(arguments),
        [("startsWith", 2)] = arguments => Text(arguments, 0).StartsWith(Text(arguments, 1), StringComparison.Ordinal),
        [("endsWith", 2)] = arguments => Text(arguments, 0).EndsWith(Text(arguments, 1), StringComparison.Ordinal),
        [("contains", 2)] = arguments => Text(arguments, 0).Contains(Text(arguments, 1), StringComparison.Ordinal),
        [("matches", 2)] = arguments => Matches(Text(arguments, 0), Text(arguments, 1)),
        [("lowerAscii", 1)] = arguments => string.Concat(Text(arguments, 0).Select(c => char.IsAsciiLetterUpper(c) ? (char)(c + 32) : c)),
        [("upperAscii", 1)] = arguments => string.Concat(Text(arguments, 0).Select(c => char.IsAsciiLetterLower(c) ? (char)(c - 32) : c)),
        [("trim", 1)] = arguments => Text(arguments, 0).Trim(),
        [("split", 2)] = arguments => Text(arguments, 0).Split(Text(arguments, 1)).Cast<object?>().ToList(),
        [("replace", 3)] = arguments => Text(arguments, 0).Replace(Text(arguments, 1), Text(arguments, 2), StringComparison.Ordinal),
    };

    private static readonly Dictionary<(string Name, int Arguments), Func<object?[], object?>> Functions = new()
    {
        [("size", 1)] = arguments => Size(arguments),
        [("matches", 2)] = Methods[("matches", 2)],
        [("int", 1)] = arguments => arguments[0] switch
        {
            long integer => integer,
            double number when Math.Abs(number) < long.MaxValue => (long)number,
            string text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) => integer,
            string => throw Conversion("int"),
            _ => throw CelOperators.NoOverload(),
        },
        [("double", 1)] = arguments => arguments[0] switch
        {
            long integer => (double)integer,
            double number => number,
            string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
            string => throw Conversion("double"),
            _ => throw CelOperators.NoOverload(),
        },
        [("string", 1)] = arguments => arguments[0] switch
        {
            string text => text,
            bool truth => truth ? "true" : "false",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => throw CelOperators.NoOverload(),
        },
    };

    public static Func<object?[], object?>? Find(string name, int arguments, bool isMethod) => (isMethod ? Methods : Functions).GetValueOrDefault((name, arguments));

    private static long Size(object?[] arguments) => arguments[0] switch
    {
        string text => text.EnumerateRunes().Count(),
        List<object?> list => list.Count,
        Dictionary<string, object?> map => map.Count,
        _ => throw CelOperators.NoOverload(),
    };

    private static bool Matches(string text, string pattern)
    {
        try
        {
            return ScalarValidation.Compile(pattern).IsMatch(text);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw new CelException($"error parsing regexp: {pattern}");
        }
    }

    private static string Text(object?[] arguments, int index) => arguments[index] as string ?? throw CelOperators.NoOverload();

    private static CelException Conversion(string type) => new($"type conversion error from 'string' to '{type}'");
}
