using System.CommandLine;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Addons.Definitions;

namespace CleverRemoteOperator.Commands;

/// <summary><c>custom-resource-definition view [kind] [--names product|reference] [--output folder]</c> and <c>… list</c>.</summary>
internal static class CustomResourceDefinitionCommand
{
    public static Command Create()
    {
        var command = new Command("custom-resource-definition", "Show the kinds and their custom resource definitions.") { View(), List() };
        command.Aliases.Add("crd");
        return command;
    }

    private static Command List()
    {
        var list = new Command("list", "Print the table of kinds as Markdown.");
        list.Aliases.Add("l");
        list.SetAction(parsed => parsed.InvocationConfiguration.Output.Write(AddonTable.Markdown()));
        return list;
    }

    private static Command View()
    {
        var kind = new Argument<string?>("kind")
        {
            Description = "Kind, plural or short name, case-insensitive. Default: all kinds.",
            HelpName = "kind",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var names = new Option<string>("--names")
        {
            Description = "Names of the kinds: product (PostgreSQL) or reference (PostgreSql, replaces the reference operator's definitions).",
            DefaultValueFactory = _ => "product",
        };
        var output = new Option<DirectoryInfo?>("--output", "-o")
        {
            Description = "Folder to write one file per definition to. Default: print them to standard output.",
        };
        kind.CompletionSources.Add([.. AddonCatalog.All.Select(known => known.Name)]);
        names.CompletionSources.Add("product", "reference");
        var view = new Command("view", "Print custom resource definitions as YAML.") { kind, names, output };
        view.Aliases.Add("v");
        view.SetAction(parsed => Run(
            parsed.GetValue(kind), parsed.GetValue(names), parsed.GetValue(output),
            parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return view;
    }

    private static int Run(string? kindName, string? namesText, DirectoryInfo? folder, TextWriter output, TextWriter error)
    {
        if (!Enum.GetNames<CustomResourceDefinitionNames>().Contains(namesText, StringComparer.OrdinalIgnoreCase))
        {
            error.WriteLine($"error: option --names: \"{namesText}\" is not allowed; allowed: product, reference");
            return ExitCode.BadInput;
        }

        var kind = kindName is null ? null : AddonCatalog.Find(kindName);
        if (kindName is not null && kind is null)
        {
            error.WriteLine($"error: kind: \"{kindName}\" is not allowed; allowed: {string.Join(", ", AddonCatalog.All.Select(known => known.Name))}");
            return ExitCode.BadInput;
        }

        var definitions = CustomResourceDefinition.Render(
            kind is null ? AddonCatalog.All : [kind], Enum.Parse<CustomResourceDefinitionNames>(namesText!, ignoreCase: true));
        try
        {
            Write(definitions, folder, output);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"error: option --output: {folder}: {refused.Message}");
            return ExitCode.BadInput;
        }

        return ExitCode.Success;
    }

    private static void Write(IEnumerable<(string Name, JsonObject Definition)> definitions, DirectoryInfo? folder, TextWriter output)
    {
        folder?.Create();
        foreach (var (name, definition) in definitions)
        {
            var document = "---\n" + YamlWriter.Write(definition);
            if (folder is null)
            {
                output.Write(document);
            }
            else
            {
                File.WriteAllText(Path.Combine(folder.FullName, name + ".yaml"), document);
            }
        }
    }
}
