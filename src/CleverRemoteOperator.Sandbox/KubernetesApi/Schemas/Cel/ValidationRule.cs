using System.Text.Json.Nodes;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Schemas.Cel;

/// <summary>One entry of x-kubernetes-validations, compiled.</summary>
internal sealed record ValidationRule(string Text, CelNode Rule, CelNode? MessageExpression, string? Message, string Reason, string FieldPath, bool IsTransition)
{
    private const string Self = "self";
    private const string OldSelf = "oldSelf";

    /// <summary>Reads an entry; throws <see cref="CelException"/> when one of its expressions cannot be parsed.</summary>
    public static ValidationRule Parse(JsonObject source)
    {
        var text = (string?)source["rule"] ?? "";
        var message = (string?)source["messageExpression"];
        return new ValidationRule(
            text.Trim(),
            CelParser.Parse(text, Self, OldSelf),
            message is null ? null : ParseMessage(message),
            (string?)source["message"],
            (string?)source["reason"] ?? "FieldValueInvalid",
            (string?)source["fieldPath"] ?? "",
            new CelLexer(text).Read().Any(token => token is { Kind: CelTokenKind.Identifier, Text: OldSelf }));
    }

    public static CelNode ParseMessage(string text) => CelParser.Parse(text, Self, OldSelf);

    public bool Holds(object? self, object? oldSelf) => CelOperators.Bool(Rule.Evaluate(Scope(self, oldSelf)));

    /// <summary>The message for a rule that does not hold; a message expression that fails gives way to the plain one.</summary>
    public string Explain(object? self, object? oldSelf)
    {
        if (MessageExpression is not null)
        {
            try
            {
                if (MessageExpression.Evaluate(Scope(self, oldSelf)) is string text && text.Trim().Length > 0 && !text.Contains('\n', StringComparison.Ordinal))
                {
                    return text.Trim();
                }
            }
            catch (CelException)
            {
                // The API server falls back too, and tells nobody.
                return Plain;
            }
        }

        return Plain;
    }

    private string Plain => string.IsNullOrWhiteSpace(Message) ? $"failed rule: {Text}" : Message.Trim();

    private static CelScope Scope(object? self, object? oldSelf) => new(Self, self, new CelScope(OldSelf, oldSelf, null));
}
