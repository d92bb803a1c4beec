namespace CleverRemoteOperator.Sandbox.KubernetesApi.Schemas.Cel;

/// <summary>A CEL expression that cannot be parsed, or that failed while it was evaluated.</summary>
internal sealed class CelException(string message) : Exception(message)
{
    /// <summary>A mistake at a position of the expression, with the line and a mark under the place.</summary>
    public static CelException At(string text, int position, string problem)
    {
        var before = text[..position];
        var line = before.Count(c => c == '\n');
        var column = position - (before.LastIndexOf('\n') + 1);
        return new CelException($"ERROR: <input>:{line + 1}:{column + 1}: {problem}\n | {text.Split('\n')[line]}\n | {new string('.', column)}^");
    }
}
