using System.CommandLine;
using CleverRemoteOperator.Sandbox.Demo;

var root = new RootCommand("A Kubernetes API and a Clever API in memory, to try Clever Remote Operator in.");
root.Subcommands.Add(CleverApiCommand.Create());

var result = root.Parse(args);
if (result.Errors.Count > 0)
{
    await Console.Error.WriteLineAsync(result.Errors[^1].Message);
    return 2;
}

return await result.InvokeAsync();
