using System.CommandLine;
using CleverRemoteOperator.Benchmarks.Handover;
using CleverRemoteOperator.Benchmarks.Soak;

var root = new RootCommand("Measures the operator, and tries to break it.")
{
    SoakCommand.Create(),
    HandoverCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
