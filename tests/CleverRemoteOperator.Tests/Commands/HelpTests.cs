using System.CommandLine;
using CleverRemoteOperator.Commands;

namespace CleverRemoteOperator.Tests.Commands;

/// <summary>What the program tells who does not know it yet.</summary>
public sealed class HelpTests : IDisposable
{
    private readonly CommandLineWorld _world = new();

    public void Dispose() => _world.Dispose();

    public static TheoryData<string> Commands() => [.. All(Root()).Select(Path)];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Every_command_has_examples_in_its_help_and_each_is_a_command_line(string command)
    {
        var (code, output, error) = await _world.RunAsync([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.Equal((0, ""), (code, error));
        var examples = output[output.IndexOf("Examples:\n", StringComparison.Ordinal)..].Split('\n')[1..].TakeWhile(line => line.Length > 0).ToList();
        Assert.NotEmpty(examples);
        Assert.All(examples, example => Assert.Empty(Root().Parse([.. example.Split('|', '>')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1)]).Errors));
    }

    [Theory]
    [InlineData("statsu", "error: command line: Unrecognized command or argument 'statsu'; did you mean status?\n")]
    [InlineData("status --clutser paris", "; did you mean --cluster?\n")]
    [InlineData("status --not-redy", "error: command line: Unrecognized command or argument '--not-redy'; did you mean --not-ready?\n")]
    [InlineData("status --cofnig x", "; did you mean --config?\n")]
    [InlineData("nonsense", "error: command line: Unrecognized command or argument 'nonsense'; see --help\n")]
    public async Task A_wrong_word_gets_the_one_that_was_meant(string arguments, string expected)
    {
        var (code, output, error) = await _world.RunAsync(arguments.Split(' '));

        Assert.Equal((2, ""), (code, output));
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    private static RootCommand Root() =>
        RootCommandFactory.Create(new(new Dictionary<string, string>(), "/", null), (_, _) => Task.FromResult(0));

    private static IEnumerable<Command> All(Command command) => command.Subcommands.SelectMany(All).Prepend(command);

    private static string Path(Command command) => command is RootCommand ? "" : $"{Path(command.Parents.OfType<Command>().Single())} {command.Name}".Trim();
}
