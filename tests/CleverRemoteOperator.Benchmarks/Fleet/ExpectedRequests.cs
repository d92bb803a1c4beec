namespace CleverRemoteOperator.Benchmarks.Fleet;

/// <summary>What each created resource costs, request by request; <c>fleet --check</c> fails on any other.</summary>
internal static class ExpectedRequests
{
    /// <summary>Stands for the plural of the created kind.</summary>
    public const string Resources = "{resources}";

    /// <summary>The list of all add-ons of an organisation: one for each period in which somebody asks whether an add-on is still there.</summary>
    public const string List = "GET /v2/organisations/{id}/addons";

    /// <summary>Exactly one for each.</summary>
    public static readonly IReadOnlyDictionary<string, string> Each = new Dictionary<string, string>
    {
        [$"patch {Resources}"] = "the finalizer and the creation mark, before anything is asked for that costs money",
        ["patch secrets"] = "the connection Secret, by server-side apply",
        [$"patch {Resources}/status"] = "the status, once it is Ready",
        ["create events"] = "that it is Ready, as kubectl describe shows it",
        ["POST /v2/organisations/{id}/addons"] = "the add-on",
        ["GET /v2/organisations/{id}/addons/{addonId}/env"] = "its environment, for the Secret",
    };

    /// <summary>Of those, what may come once more for a namespace in ten minutes.</summary>
    public static readonly IReadOnlyDictionary<string, string> OnceMoreANamespace = new Dictionary<string, string>
    {
        ["patch secrets"] = "the dry run that tells whether the namespace takes connection Secrets; it writes nothing",
    };

    /// <summary>At most one for each, fewer when many come at once.</summary>
    public static readonly IReadOnlyDictionary<string, string> AtMostEach = new Dictionary<string, string>
    {
        ["list secrets"] = "whether the namespace has credentials of its own, live, before an add-on is paid for; one answers for all resources seen before it",
        ["get secrets 404"] = "the same",
        ["get namespaces"] = "what the namespace's annotations say, once in 30 s where it may not be watched",
    };

    /// <summary>At most one in a whole phase.</summary>
    public static readonly IReadOnlyDictionary<string, string> AtMostOnce = new Dictionary<string, string>
    {
        ["GET /v2/self"] = "whose credentials they are, once for each",
        ["GET /v2/products/addonproviders"] = "the catalogue, kept for ten minutes",
        ["GET /v4/addon-providers/{providerId}"] = "versions of the provider, kept for ten minutes",
    };
}
