namespace CleverRemoteOperator.Sandbox.KubernetesApi.Schemas.Cel;

/// <summary>Calls of functions, methods and macros.</summary>
internal sealed partial class CelParser
{
    private CelNode Function(CelToken name)
    {
        var arguments = Arguments(")");
        if (name.Text == "has")
        {
            var selection = arguments is [{ Selection: { } found }] ? found : throw CelException.At(_text, name.Position + 4, "invalid argument to has() macro");
            return new CelNode(name.Position, scope => CelOperators.Has(selection.Operand.Evaluate(scope), selection.Field));
        }

        var function = CelFunctions.Find(name.Text, arguments.Length, isMethod: false) ?? throw Undeclared(name, name.Text.Length);
        return new CelNode(name.Position, scope => function([.. arguments.Select(argument => argument.Evaluate(scope))]));
    }

    private CelNode Method(CelNode target, CelToken name)
    {
        if (CelMacros.Names.Contains(name.Text))
        {
            var variable = Identifier();
            Expect(",");
            _variables.Push(variable.Text);
            var bodies = Arguments(")");
            _variables.Pop();
            return CelMacros.Compile(name.Text, target, variable.Text, bodies) ?? throw CelException.At(_text, name.Position, $"wrong number of arguments to {name.Text}() macro");
        }

        CelNode[] arguments = [target, .. Arguments(")")];
        var method = CelFunctions.Find(name.Text, arguments.Length, isMethod: true) ?? throw Undeclared(name, name.Text.Length);
        if (name.Text == "matches")
        {
            CheckPattern(arguments[1]);
        }

        return new CelNode(name.Position, scope => method([.. arguments.Select(argument => argument.Evaluate(scope))]));
    }

    /// <summary>A pattern that is a literal must be a regular expression.</summary>
    private void CheckPattern(CelNode pattern)
    {
        if (_tokens.Find(token => token.Position == pattern.Position) is { Kind: CelTokenKind.Literal, Value: string text })
        {
            try
            {
                ScalarValidation.Compile(text);
            }
            catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
            {
                throw CelException.At(_text, pattern.Position, "invalid matches argument");
            }
        }
    }
}
