using System.CommandLine;
using CleverRemoteOperator.Benchmarks.Changes;
using CleverRemoteOperator.Benchmarks.Flap;
using CleverRemoteOperator.Benchmarks.Fleet;
using CleverRemoteOperator.Benchmarks.Fuzzing;
using CleverRemoteOperator.Benchmarks.Growth;
using CleverRemoteOperator.Benchmarks.Handover;
using CleverRemoteOperator.Benchmarks.Hostile;
using CleverRemoteOperator.Benchmarks.Idle;
using CleverRemoteOperator.Benchmarks.Isolation;
using CleverRemoteOperator.Benchmarks.Micro;
using CleverRemoteOperator.Benchmarks.Scale;
using CleverRemoteOperator.Benchmarks.Soak;
using CleverRemoteOperator.Benchmarks.Storm;

var root = new RootCommand("Measures the operator, and tries to break it.")
{
    FleetCommand.Create(),
    ChurnCommand.Create(),
    GrowthCommand.Create(),
    IdleCommand.Create(),
    IsolationCommand.Create(),
    StormCommand.Create(),
    FlapCommand.Create(),
    ScaleCommand.Create(),
    SoakCommand.Create(),
    HandoverCommand.Create(),
    MicroCommand.Create(),
    HostileServerCommand.Create(),
    FuzzCommand.Create(),
};
var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    await parsed.InvocationConfiguration.Error.WriteLineAsync(parsed.Errors[0].Message);
    return 2;
}

return await parsed.InvokeAsync();
