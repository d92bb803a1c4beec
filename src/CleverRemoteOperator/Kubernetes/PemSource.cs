using CleverRemoteOperator.Configuration;

namespace CleverRemoteOperator.Kubernetes;

/// <summary>Where a certificate or key comes from: a text that stays, or a file that others may replace.</summary>
/// <param name="Text">The text now.</param>
/// <param name="Path">The file; null for a text of the kubeconfig itself.</param>
internal sealed record PemSource(string Text, string? Path)
{
    /// <summary>As it is now; this very one when it did not change.</summary>
    /// <param name="problem">Why the file cannot be read; empty when it can.</param>
    public PemSource Now(out string problem)
    {
        problem = "";
        if (Path is null)
        {
            return this;
        }

        if (RotatedFile.Read(Path, out var whyNot) is not { } text)
        {
            problem = $"{Printable.Of(Path, 256)} {whyNot}";
            return this;
        }

        return text == Text ? this : this with { Text = text };
    }

    /// <summary>Never shows the text.</summary>
    public override string ToString() => Path ?? "PEM";
}
