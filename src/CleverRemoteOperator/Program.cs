using CleverRemoteOperator.Commands;
using CleverRemoteOperator.Configuration.Sources;
using CleverRemoteOperator.Hosting;

return await CommandLine.RunAsync(args, ProcessEnvironment.OfThisProcess(), OperatorHost.RunAsync, Console.Out, Console.Error);
