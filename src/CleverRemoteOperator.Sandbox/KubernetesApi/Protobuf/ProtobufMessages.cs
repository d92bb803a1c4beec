namespace CleverRemoteOperator.Sandbox.KubernetesApi.Protobuf;

/// <summary>The messages that kubectl and Helm send as protobuf, by name and field number.</summary>
internal static class ProtobufMessages
{
    /// <summary>
    /// Fields are <c>number:name:type</c>: s string, y bytes, b bool, i integer, a message's name, <c>*</c> before what repeats,
    /// <c>%</c> before the values of a map.
    /// </summary>
    private static readonly Dictionary<string, string> Shorthand = new(StringComparer.Ordinal)
    {
        ["ObjectMeta"] = "1:name:s 2:generateName:s 3:namespace:s 5:uid:s 6:resourceVersion:s 11:labels:%s 12:annotations:%s 13:ownerReferences:*OwnerReference 14:finalizers:*s",
        ["OwnerReference"] = "1:kind:s 3:name:s 4:uid:s 5:apiVersion:s 6:controller:b 7:blockOwnerDeletion:b",
        ["Secret"] = "1:metadata:ObjectMeta 2:data:%y 3:type:s 4:stringData:%s 5:immutable:b",
        ["ConfigMap"] = "1:metadata:ObjectMeta 2:data:%s 3:binaryData:%y 4:immutable:b",
        ["Namespace"] = "1:metadata:ObjectMeta 2:spec:NamespaceSpec",
        ["NamespaceSpec"] = "1:finalizers:*s",
        ["ServiceAccount"] = "1:metadata:ObjectMeta 2:secrets:*ObjectReference 3:imagePullSecrets:*LocalObjectReference 4:automountServiceAccountToken:b",
        ["ObjectReference"] = "1:kind:s 2:namespace:s 3:name:s 4:uid:s 5:apiVersion:s",
        ["LocalObjectReference"] = "1:name:s",
        ["DeleteOptions"] = "1:gracePeriodSeconds:i 2:preconditions:Preconditions 3:orphanDependents:b 4:propagationPolicy:s 5:dryRun:*s",
        ["Preconditions"] = "1:uid:s 2:resourceVersion:s",
        ["SelfSubjectAccessReview"] = "1:metadata:ObjectMeta 2:spec:AccessReviewSpec",
        ["AccessReviewSpec"] = "1:resourceAttributes:ResourceAttributes 2:nonResourceAttributes:NonResourceAttributes",
        ["ResourceAttributes"] = "1:namespace:s 2:verb:s 3:group:s 4:version:s 5:resource:s 6:subresource:s 7:name:s",
        ["NonResourceAttributes"] = "1:path:s 2:verb:s",
    };

    private static readonly Dictionary<string, IReadOnlyDictionary<int, ProtobufField>> Known = Shorthand.ToDictionary(
        message => message.Key,
        message => (IReadOnlyDictionary<int, ProtobufField>)message.Value.Split(' ').Select(Read).ToDictionary(field => field.Number),
        StringComparer.Ordinal);

    /// <summary>The fields of a message; null for one that is not known.</summary>
    public static IReadOnlyDictionary<int, ProtobufField>? Find(string message) => Known.GetValueOrDefault(message);

    private static ProtobufField Read(string text)
    {
        var parts = text.Split(':');
        return new(int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), parts[1], parts[2].TrimStart('*', '%'), parts[2][0] == '*', parts[2][0] == '%');
    }
}

/// <summary>One field: how its JSON is called and what its bytes mean.</summary>
internal sealed record ProtobufField(int Number, string Name, string Type, bool Repeats, bool IsMap);
