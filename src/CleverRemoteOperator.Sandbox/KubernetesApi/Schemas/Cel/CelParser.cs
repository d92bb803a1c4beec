namespace CleverRemoteOperator.Sandbox.KubernetesApi.Schemas.Cel;

/// <summary>Compiles a CEL expression; what it does not know it refuses.</summary>
internal sealed partial class CelParser
{
    private readonly string _text;
    private readonly List<CelToken> _tokens;
    private readonly Stack<string> _variables;
    private int _next;

    private CelParser(string text, IEnumerable<string> variables)
    {
        _text = text;
        _tokens = new CelLexer(text).Read();
        _variables = new Stack<string>(variables);
    }

    private CelToken Current => _tokens[_next];

    /// <summary>Compiles the text over these variables; throws <see cref="CelException"/> with the place of the mistake.</summary>
    public static CelNode Parse(string text, params string[] variables)
    {
        CelParser parser = new(text, variables);
        var node = parser.Conditional();
        return parser.Current.Kind == CelTokenKind.End ? node : throw parser.Unexpected();
    }

    private CelNode Conditional()
    {
        var condition = Or();
        if (!Accept("?"))
        {
            return condition;
        }

        var yes = Or();
        Expect(":");
        var no = Conditional();
        return new CelNode(condition.Position, scope => CelOperators.Bool(condition.Evaluate(scope)) ? yes.Evaluate(scope) : no.Evaluate(scope));
    }

    private CelNode Or() => Binary(And, "||", (left, right) => scope => CelOperators.Decide(left, right, scope, true));

    private CelNode And() => Binary(Relation, "&&", (left, right) => scope => CelOperators.Decide(left, right, scope, false));

    private CelNode Binary(Func<CelNode> operand, string symbol, Func<CelNode, CelNode, Func<CelScope, object?>> combine)
    {
        var left = operand();
        while (Accept(symbol))
        {
            left = new CelNode(left.Position, combine(left, operand()));
        }

        return left;
    }

    private CelNode Relation() => Operators(Sum, "==", "!=", "<", "<=", ">", ">=", "in");

    private CelNode Sum() => Operators(Product, "+", "-");

    private CelNode Product() => Operators(Unary, "*", "/", "%");

    private CelNode Operators(Func<CelNode> operand, params string[] symbols)
    {
        var left = operand();
        while (Current.Kind == CelTokenKind.Symbol && symbols.Contains(Current.Text))
        {
            var symbol = _tokens[_next++].Text;
            var first = left;
            var second = operand();
            left = new CelNode(first.Position, scope => CelOperators.Apply(symbol, first.Evaluate(scope), second.Evaluate(scope)));
        }

        return left;
    }

    private CelNode Unary()
    {
        var position = Current.Position;
        if (Accept("!"))
        {
            var operand = Unary();
            return new CelNode(position, scope => !CelOperators.Bool(operand.Evaluate(scope)));
        }

        if (Accept("-"))
        {
            var operand = Unary();
            return new CelNode(position, scope => CelOperators.Negate(operand.Evaluate(scope)));
        }

        return Member();
    }

    private CelNode Member()
    {
        var node = Primary();
        while (true)
        {
            var operand = node;
            if (Accept("["))
            {
                var index = Conditional();
                Expect("]");
                node = new CelNode(operand.Position, scope => CelOperators.Index(operand.Evaluate(scope), index.Evaluate(scope)));
            }
            else if (Accept("."))
            {
                var name = Identifier();
                node = Accept("(")
                    ? Method(operand, name)
                    : new CelNode(name.Position, scope => CelOperators.Field(operand.Evaluate(scope), name.Text), new CelSelection(operand, name.Text));
            }
            else
            {
                return node;
            }
        }
    }

    private CelNode Primary()
    {
        var token = Current;
        if (token.Kind == CelTokenKind.Literal)
        {
            _next++;
            return new CelNode(token.Position, _ => token.Value);
        }

        if (token.Kind == CelTokenKind.Identifier)
        {
            _next++;
            return Accept("(") ? Function(token) : Variable(token);
        }

        if (Accept("("))
        {
            var inner = Conditional();
            Expect(")");
            return inner with { Selection = null };
        }

        if (Accept("["))
        {
            var items = Arguments("]");
            return new CelNode(token.Position, scope => items.Select(item => item.Evaluate(scope)).ToList());
        }

        return Accept("{") ? Map(token.Position) : throw Unexpected();
    }

    private CelNode Variable(CelToken token) => _variables.Contains(token.Text)
        ? new CelNode(token.Position, scope => scope.Find(token.Text))
        : throw Undeclared(token);

    private CelNode Map(int position)
    {
        List<(CelNode Key, CelNode Value)> entries = [];
        while (!Accept("}"))
        {
            var key = Conditional();
            Expect(":");
            entries.Add((key, Conditional()));
            if (Current.Text != "}")
            {
                Expect(",");
            }
        }

        return new CelNode(position, scope => entries.ToDictionary(
            entry => entry.Key.Evaluate(scope) as string ?? throw new CelException("unsupported key type"), entry => entry.Value.Evaluate(scope)));
    }

    private CelNode[] Arguments(string end)
    {
        List<CelNode> arguments = [];
        while (!Accept(end))
        {
            arguments.Add(Conditional());
            if (Current.Kind != CelTokenKind.Symbol || Current.Text != end)
            {
                Expect(",");
            }
        }

        return [.. arguments];
    }

    private CelToken Identifier() => Current.Kind == CelTokenKind.Identifier ? _tokens[_next++] : throw Unexpected();

    private bool Accept(string symbol)
    {
        var found = Current.Kind == CelTokenKind.Symbol && Current.Text == symbol;
        _next += found ? 1 : 0;
        return found;
    }

    private void Expect(string symbol)
    {
        if (!Accept(symbol))
        {
            throw Unexpected();
        }
    }

    private CelException Undeclared(CelToken name, int offset = 0) =>
        CelException.At(_text, name.Position + offset, $"undeclared reference to '{name.Text}' (in container '')");

    private CelException Unexpected() => CelException.At(_text, Current.Position, $"Syntax error: unexpected '{Current.Text}'");
}
