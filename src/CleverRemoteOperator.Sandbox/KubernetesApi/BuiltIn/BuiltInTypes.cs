namespace CleverRemoteOperator.Sandbox.KubernetesApi.BuiltIn;

/// <summary>The built-in types in a shorthand, read by <see cref="BuiltInSchemas"/>.</summary>
internal static class BuiltInTypes
{
    /// <summary>
    /// A name (and <c>atomic</c> where one manager owns the whole), then fields <c>name:type</c>, a star for the required ones.
    /// <c>{x}</c> is a map, <c>x[]</c> an atomic list, <c>x[set]</c> and <c>x[map:key]</c> the others;
    /// after the bar stands the patch strategy and its merge key.
    /// </summary>
    public const string Text = """
        meta.v1.FieldsV1
        meta.v1.ManagedFieldsEntry
            apiVersion:string fieldsType:string fieldsV1:FieldsV1 manager:string operation:string subresource:string time:time
        meta.v1.OwnerReference atomic
            apiVersion*:string blockOwnerDeletion:boolean controller:boolean kind*:string name*:string uid*:string
        meta.v1.ObjectMeta
            annotations:{string} creationTimestamp:time deletionGracePeriodSeconds:int64 deletionTimestamp:time
            finalizers:string[set|merge] generateName:string generation:int64 labels:{string} managedFields:ManagedFieldsEntry[]
            name:string namespace:string ownerReferences:OwnerReference[map:uid|merge:uid] resourceVersion:string selfLink:string
            uid:string
        core.v1.Secret
            apiVersion:string data:{byte} immutable:boolean kind:string metadata:ObjectMeta stringData:{string} type:string
        core.v1.ConfigMap
            apiVersion:string binaryData:{byte} data:{string} immutable:boolean kind:string metadata:ObjectMeta
        core.v1.NamespaceSpec
            finalizers:string[]
        core.v1.NamespaceCondition
            lastTransitionTime:time message:string reason:string status*:string type*:string
        core.v1.NamespaceStatus
            conditions:NamespaceCondition[map:type|merge:type] phase:string
        core.v1.Namespace
            apiVersion:string kind:string metadata:ObjectMeta spec:NamespaceSpec status:NamespaceStatus
        core.v1.ObjectReference atomic
            apiVersion:string fieldPath:string kind:string name:string namespace:string resourceVersion:string uid:string
        core.v1.EventSeries
            count:int32 lastObservedTime:microtime
        core.v1.EventSource
            component:string host:string
        core.v1.Event
            action:string apiVersion:string count:int32 eventTime:microtime firstTimestamp:time involvedObject*:ObjectReference
            kind:string lastTimestamp:time message:string metadata*:ObjectMeta reason:string related:ObjectReference
            reportingComponent:string reportingInstance:string series:EventSeries source:EventSource type:string
        core.v1.LocalObjectReference atomic
            name:string
        core.v1.ServiceAccount
            apiVersion:string automountServiceAccountToken:boolean imagePullSecrets:LocalObjectReference[] kind:string metadata:ObjectMeta
            secrets:ObjectReference[map:name|merge:name]
        coordination.v1.LeaseSpec
            acquireTime:microtime holderIdentity:string leaseDurationSeconds:int32 leaseTransitions:int32 preferredHolder:string
            renewTime:microtime strategy:string
        coordination.v1.Lease
            apiVersion:string kind:string metadata:ObjectMeta spec:LeaseSpec
        events.v1.EventSeries
            count*:int32 lastObservedTime*:microtime
        events.v1.Event
            action:string apiVersion:string deprecatedCount:int32 deprecatedFirstTimestamp:time deprecatedLastTimestamp:time
            deprecatedSource:EventSource eventTime*:microtime kind:string metadata:ObjectMeta note:string reason:string
            regarding:ObjectReference related:ObjectReference reportingController:string reportingInstance:string series:EventSeries
            type:string
        apiextensions.v1.ServiceReference
            name*:string namespace*:string path:string port:int32
        apiextensions.v1.WebhookClientConfig
            caBundle:byte service:ServiceReference url:string
        apiextensions.v1.WebhookConversion
            clientConfig:WebhookClientConfig conversionReviewVersions*:string[]
        apiextensions.v1.CustomResourceConversion
            strategy*:string webhook:WebhookConversion
        apiextensions.v1.CustomResourceDefinitionNames
            categories:string[] kind*:string listKind:string plural*:string shortNames:string[] singular:string
        apiextensions.v1.CustomResourceColumnDefinition
            description:string format:string jsonPath*:string name*:string priority:int32 type*:string
        apiextensions.v1.CustomResourceValidation
            openAPIV3Schema:any
        apiextensions.v1.SelectableField
            jsonPath*:string
        apiextensions.v1.CustomResourceSubresourceScale
            labelSelectorPath:string specReplicasPath*:string statusReplicasPath*:string
        apiextensions.v1.CustomResourceSubresources
            scale:CustomResourceSubresourceScale status:any
        apiextensions.v1.CustomResourceDefinitionVersion
            additionalPrinterColumns:CustomResourceColumnDefinition[] deprecated:boolean deprecationWarning:string name*:string
            schema:CustomResourceValidation selectableFields:SelectableField[] served*:boolean storage*:boolean
            subresources:CustomResourceSubresources
        apiextensions.v1.CustomResourceDefinitionSpec
            conversion:CustomResourceConversion group*:string names*:CustomResourceDefinitionNames preserveUnknownFields:boolean
            scope*:string versions*:CustomResourceDefinitionVersion[]
        apiextensions.v1.CustomResourceDefinitionCondition
            lastTransitionTime:time message:string observedGeneration:int64 reason:string status*:string type*:string
        apiextensions.v1.CustomResourceDefinitionStatus
            acceptedNames:CustomResourceDefinitionNames conditions:CustomResourceDefinitionCondition[map:type] observedGeneration:int64
            storedVersions:string[]
        apiextensions.v1.CustomResourceDefinition
            apiVersion:string kind:string metadata:ObjectMeta spec*:CustomResourceDefinitionSpec status:CustomResourceDefinitionStatus
        """;
}
