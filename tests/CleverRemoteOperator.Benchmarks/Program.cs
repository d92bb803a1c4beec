using System.CommandLine;
using CleverRemoteOperator.Benchmarks.Fleet;
using CleverRemoteOperator.Benchmarks.Handover;
using CleverRemoteOperator.Benchmarks.Soak;

var root = new RootCommand("Measures the operator, and tries to break it.")
{
    FleetCommand.Create(),
    SoakCommand.Create(),
    HandoverCommand.Create(),
};
var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    await parsed.InvocationConfiguration.Error.WriteLineAsync(parsed.Errors[^1].Message);
    return 2;
}

return await parsed.InvokeAsync();
