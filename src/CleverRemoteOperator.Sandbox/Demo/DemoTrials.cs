namespace CleverRemoteOperator.Sandbox.Demo;

/// <summary>Two manifests for the lines to try: one more resource, and one whose plan does not exist.</summary>
internal static class DemoTrials
{
    private const string New = """
        apiVersion: api.clever-cloud.com/v1
        kind: KV
        metadata:
          name: mine
        spec:
          region: par

        """;

    private const string Bad = """
        apiVersion: api.clever-cloud.com/v1
        kind: PostgreSQL
        metadata:
          name: bad-plan
        spec:
          plan: huge
          region: par

        """;

    public static string NewPath(string folder) => Path.Combine(folder, "new.yaml");

    public static string BadPath(string folder) => Path.Combine(folder, "bad.yaml");

    public static async Task WriteAsync(string folder, CancellationToken token)
    {
        await File.WriteAllTextAsync(NewPath(folder), New, token);
        await File.WriteAllTextAsync(BadPath(folder), Bad, token);
    }
}
