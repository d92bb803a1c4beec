namespace CleverRemoteOperator.Kubernetes.Objects;

/// <summary>About how many bytes of memory things take that are kept.</summary>
internal static class KeptSize
{
    // The object itself, its places in some dictionaries, its part in those of its namespace, and the heads of its texts.
    private const int PerObject = 768;
    private const int PerText = 32;
    private const int PerEntry = 128;

    /// <summary>An object with the texts that name it.</summary>
    public static int OfObject(string @namespace, string name, string uid, string revision) =>
        PerObject + (sizeof(char) * (@namespace.Length + name.Length + uid.Length + revision.Length));

    public static int Of(IReadOnlyList<string> texts) => texts.Sum(text => PerText + (sizeof(char) * text.Length));

    public static int Of(IReadOnlyDictionary<string, string> texts) =>
        texts.Sum(entry => PerEntry + (sizeof(char) * (entry.Key.Length + entry.Value.Length)));
}
