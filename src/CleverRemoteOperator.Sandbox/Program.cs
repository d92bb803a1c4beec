using CleverRemoteOperator.Sandbox.Demo;

var root = DemoCommand.Create();
root.Subcommands.Add(ClusterCommand.Create());
root.Subcommands.Add(CleverApiCommand.Create());

var result = root.Parse(args);
if (result.Errors.Count > 0)
{
    await Console.Error.WriteLineAsync(result.Errors[^1].Message);
    return 2;
}

// The operator finishes what runs before it ends, which may take longer than the parser's two seconds.
return await result.InvokeAsync(new() { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
