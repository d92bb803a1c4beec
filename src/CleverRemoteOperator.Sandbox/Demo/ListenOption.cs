using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;

namespace CleverRemoteOperator.Sandbox.Demo;

/// <summary><c>--listen</c>: where a part of the sandbox listens; only this machine can reach it.</summary>
internal static class ListenOption
{
    /// <param name="example">A port as one would choose it.</param>
    public static Option<IPEndPoint> Create(int example) => new("--listen")
    {
        Description = $"Loopback address to listen on, such as 127.0.0.1:{example}; port 0 takes a free one.",
        CustomParser = result => Parse(result, example),
        DefaultValueFactory = _ => new IPEndPoint(IPAddress.Loopback, 0),
    };

    private static IPEndPoint? Parse(ArgumentResult result, int example)
    {
        var text = result.Tokens[0].Value;
        var address = text.StartsWith("localhost:", StringComparison.OrdinalIgnoreCase) ? "127.0.0.1" + text["localhost".Length..] : text;
        if (address.Contains(':', StringComparison.Ordinal) && IPEndPoint.TryParse(address, out var endpoint) && IPAddress.IsLoopback(endpoint.Address))
        {
            return endpoint;
        }

        result.AddError($"--listen '{text}' is not allowed; a loopback address with a port is, such as 127.0.0.1:{example}");
        return null;
    }
}
