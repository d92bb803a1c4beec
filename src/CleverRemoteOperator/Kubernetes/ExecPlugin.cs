using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;

using CleverRemoteOperator.Configuration;
namespace CleverRemoteOperator.Kubernetes;

/// <summary>A program that gives a token, as a kubeconfig's <c>exec</c> names it. It sees nothing of the operator's environment but what programs need.</summary>
internal sealed record ExecPlugin
{
    private const int MaxAnswer = 64 * 1024;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly string[] Inherited =
        ["PATH", "HOME", "USER", "LANG", "TMPDIR", "SSL_CERT_FILE", "SSL_CERT_DIR", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"];

    public required string Command { get; init; }

    public required string ApiVersion { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];

    /// <summary>The server, where the program is to be told of it.</summary>
    public Uri? Server { get; init; }

    /// <summary>The server's certificate authorities, base64, told along with <see cref="Server"/>.</summary>
    public string? CertificateAuthorityData { get; init; }

    /// <summary>Never shows arguments or environment.</summary>
    public override string ToString() => $"exec plugin {Printable.Of(Command, 128)}";

    /// <summary>Runs the program, for 20 s at most.</summary>
    /// <exception cref="KubernetesApiException">It did not run, failed, took too long, or gave no token. What it wrote is not cited.</exception>
    public async Task<ExpiringToken> RunAsync(TimeProvider time, CancellationToken token)
    {
        using var deadline = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(token, deadline.Token);
        using var process = Start();
        try
        {
            process.StandardInput.Close();
            var errors = process.StandardError.BaseStream.CopyToAsync(Stream.Null, either.Token);
            var answer = await ReadAsync(process.StandardOutput, either.Token);
            await errors;
            await process.WaitForExitAsync(either.Token);
            return process.ExitCode == 0 ? Token(answer) : throw Failure($"ended with exit code {process.ExitCode}");
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            throw Failure($"did not end within {Limit.TotalSeconds:0} s");
        }
        finally
        {
            Kill(process);
        }
    }

    private Process Start()
    {
        var start = new ProcessStartInfo(Command, Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Except(Inherited).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["KUBERNETES_EXEC_INFO"] = Info().ToJsonString();
        try
        {
            return Process.Start(start) ?? throw Failure("did not start");
        }
        catch (Exception failure) when (failure is Win32Exception or InvalidOperationException)
        {
            throw Failure($"did not start: {(failure as Win32Exception)?.NativeErrorCode switch { 2 => "no such program", 13 => "not allowed", _ => "it is no program" }}");
        }
    }

    private JsonObject Info()
    {
        var spec = new JsonObject { ["interactive"] = false };
        if (Server is not null)
        {
            spec["cluster"] = new JsonObject { ["server"] = Server.AbsoluteUri, ["certificate-authority-data"] = CertificateAuthorityData };
        }

        return new JsonObject { ["apiVersion"] = ApiVersion, ["kind"] = "ExecCredential", ["spec"] = spec };
    }

    private async Task<string> ReadAsync(StreamReader output, CancellationToken token)
    {
        var buffer = new char[MaxAnswer + 1];
        var length = await output.ReadBlockAsync(buffer, token);
        return length <= MaxAnswer ? new string(buffer, 0, length) : throw Failure("wrote more than 64 KiB");
    }

    private ExpiringToken Token(string answer)
    {
        var credential = JsonAnswer.TryParse(System.Text.Encoding.UTF8.GetBytes(answer));
        if (JsonAnswer.Text(credential, "kind") != "ExecCredential" || JsonAnswer.Text(credential, "apiVersion") != ApiVersion)
        {
            throw Failure($"did not write an ExecCredential of {ApiVersion}");
        }

        var token = JsonAnswer.Text(credential!["status"], "token");
        if (token.Length == 0 || !token.All(character => character is > ' ' and <= '~'))
        {
            throw Failure("gave no token; client certificates from a program are not supported");
        }

        return new ExpiringToken(
            token, DateTimeOffset.TryParse(JsonAnswer.Text(credential["status"], "expirationTimestamp"), null, out var expires) ? expires : null);
    }

    private KubernetesApiException Failure(string what) => new($"{this} {what}; run it by hand to see why", null, "ExecFailed");

    private static void Kill(Process process)
    {
        try
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception failure) when (failure is InvalidOperationException or Win32Exception)
        {
            // It ended in the meantime.
        }
    }
}
