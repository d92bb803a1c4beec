using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace CleverRemoteOperator.Commands;

/// <summary><c>--help</c> with examples at its end.</summary>
internal sealed class ExampleHelp(SynchronousCommandLineAction usual) : SynchronousCommandLineAction
{
    private const string Program = "clever-remote-operator";

    // What stands here is asked of a command that groups others as well.
    private static readonly Dictionary<string, string[]> Examples = new(StringComparer.Ordinal)
    {
        [""] = ["", "--check", "doctor", "status"],
        ["status"] = ["status", "status --not-ready --cluster paris", "status --kind postgresql --namespace shop --output wide", "status --watch", "status --output json"],
        ["doctor"] = ["doctor", "doctor --cluster paris", "doctor --output json"],
        ["audit"] = ["audit", "audit --organisation orga_00000000-0000-4000-8000-000000000001", "audit --output json"],
        ["explain"] = ["explain PlanNotAvailable", "explain paris/shop/postgresql/db", "explain"],
        ["export"] = ["export --cluster paris > paris.yaml", "export --cluster paris --namespace shop | kubectl --context montreal apply -f -", "export --cluster paris --lost > paris.yaml"],
        ["custom-resource-definition"] = ["crd view", "crd list"],
        ["custom-resource-definition view"] = ["crd view postgresql", "crd view --names reference --output deployments/crds/reference"],
        ["custom-resource-definition list"] = ["crd list"],
        ["rbac"] = ["rbac view"],
        ["rbac view"] = ["rbac view | kubectl apply -f -", "rbac view --namespace shop --namespace blog --lease-namespace operator"],
        ["configmap"] = ["configmap generate"],
        ["configmap generate"] = ["configmap generate --name operator --namespace operator | kubectl apply -f -"],
        ["secret"] = ["secret generate"],
        ["secret generate"] = ["secret generate --name operator --namespace operator | kubectl apply -f -"],
        ["settings"] = ["settings > settings.md"],
    };

    /// <summary>Adds the examples to the help of every command.</summary>
    public static void AddTo(RootCommand root)
    {
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ExampleHelp((SynchronousCommandLineAction)help.Action!);
    }

    /// <summary>The examples of a command, without the program's name; none when nobody wrote any.</summary>
    public static IReadOnlyList<string> Of(Command command) => Examples.GetValueOrDefault(PathOf(command)) ?? [];

    public override int Invoke(ParseResult parseResult)
    {
        var code = usual.Invoke(parseResult);
        var (output, examples) = (parseResult.InvocationConfiguration.Output, Of(parseResult.CommandResult.Command));
        if (examples.Count > 0)
        {
            output.WriteLine("Examples:");
            foreach (var example in examples)
            {
                output.WriteLine($"  {Program} {example}".TrimEnd());
            }

            output.WriteLine();
        }

        return code;
    }

    private static string PathOf(Command command) => command is RootCommand
        ? ""
        : string.Join(' ', command.Parents.OfType<Command>().Take(1).Select(PathOf).Append(command.Name)).Trim();
}
