using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Configuration.Texts;
using CleverRemoteOperator.Kubernetes.Api;
using CleverRemoteOperator.Timing;

namespace CleverRemoteOperator.Kubernetes.Kubeconfig;

/// <summary>A program that gives a token or a client certificate, as a kubeconfig's <c>exec</c> names it. It sees nothing of the operator's environment but what it is allowed.</summary>
internal sealed record ExecPlugin
{
    /// <summary>How long the program may take.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private const int MaxAnswer = 64 * 1024;
    private const int MaxHint = 512;

    public required string Command { get; init; }

    public required string ApiVersion { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Variables the kubeconfig gives it.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];

    /// <summary>Which of the operator's own variables it sees.</summary>
    public ExecEnvironment Inherited { get; init; } = new([]);

    /// <summary>What it is told of the cluster; null where it is not to be told.</summary>
    public JsonObject? Cluster { get; init; }

    /// <summary>The cluster's authorities, told along with <see cref="Cluster"/>.</summary>
    public PemSource? Authority { get; init; }

    /// <summary>How to get the program where it is missing; empty when nobody said.</summary>
    public string InstallHint { get; init; } = "";

    /// <summary>Never shows arguments or environment.</summary>
    public override string ToString() => $"exec plugin {Printable.Of(Command, 128)}";

    /// <summary>Runs the program, for 60 s at most.</summary>
    /// <exception cref="KubernetesApiException">It did not run, failed, took too long, or gave nothing. What it wrote to its output is not cited, the end of its errors redacted.</exception>
    public async Task<Credential> RunAsync(TimeProvider time, CancellationToken token)
    {
        using var deadline = new Deadline(Limit, time, token);
        var errors = new ExecErrors([.. Environment.Select(variable => variable.Value)]);
        using var process = Start(out var withheld);
        try
        {
            process.StandardInput.Close();
            var reading = errors.ReadAsync(process.StandardError.BaseStream, deadline.Token);
            var answer = await ReadAsync(process.StandardOutput.BaseStream, deadline.Token) ?? throw Failure("wrote more than 64 KiB", errors, withheld);
            await reading;
            await process.WaitForExitAsync(deadline.Token);
            return process.ExitCode == 0
                ? ExecAnswer.Read(answer, ApiVersion, out var wrong) ?? throw Failure(wrong, errors, withheld)
                : throw Failure($"ended with exit code {process.ExitCode}", errors, withheld);
        }
        catch (OperationCanceledException) when (deadline.HasExpired)
        {
            throw Failure($"did not end within {Limit.TotalSeconds:0} s", errors, withheld);
        }
        finally
        {
            Kill(process);
        }
    }

    private Process Start(out IReadOnlyList<string> withheld)
    {
        var start = new ProcessStartInfo(Command, Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        withheld = Inherited.Withhold(start.Environment);
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["KUBERNETES_EXEC_INFO"] = Info().ToJsonString();
        try
        {
            return Process.Start(start) ?? throw NotStarted("not an executable");
        }
        catch (Exception failure) when (failure is Win32Exception or InvalidOperationException)
        {
            throw NotStarted((failure as Win32Exception)?.NativeErrorCode switch { 2 => "executable not found", 13 => "permission denied", _ => "not an executable" });
        }
    }

    private JsonObject Info()
    {
        var spec = new JsonObject { ["interactive"] = false };
        if (Cluster is not null)
        {
            var cluster = Cluster.DeepClone().AsObject();
            if (Authority is not null)
            {
                cluster["certificate-authority-data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(Authority.Now(out _).Text));
            }

            spec["cluster"] = cluster;
        }

        return new JsonObject { ["apiVersion"] = ApiVersion, ["kind"] = "ExecCredential", ["spec"] = spec };
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(Stream output, CancellationToken token)
    {
        var buffer = new byte[MaxAnswer + 1];
        var length = await output.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, token);
        return length <= MaxAnswer ? buffer.AsMemory(0, length) : (ReadOnlyMemory<byte>?)null;
    }

    private KubernetesApiException NotStarted(string why) => new(
        $"{this} cannot start: {why}{(InstallHint.Length == 0 ? "" : "; " + Printable.Of(InstallHint, MaxHint))}", null, "ExecFailed");

    private KubernetesApiException Failure(string what, ExecErrors errors, IReadOnlyList<string> withheld)
    {
        var message = new StringBuilder($"{this} {what}");
        var said = errors.End();
        message.Append(said.Length == 0 ? "; run it manually to see why" : $"; its errors end with: {said}");
        if (withheld.Count > 0)
        {
            message.Append("; variables not passed on (exec-environment): ").Append(ExecEnvironment.Shown(withheld, said));
        }

        return new KubernetesApiException(message.ToString(), null, "ExecFailed");
    }

    private static void Kill(Process process)
    {
        try
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (Exception failure) when (failure is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended in the meantime.
        }
    }
}
