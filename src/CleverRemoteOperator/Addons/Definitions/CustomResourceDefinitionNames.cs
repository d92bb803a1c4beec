namespace CleverRemoteOperator.Addons.Definitions;

/// <summary>How CRDs name the kinds.</summary>
internal enum CustomResourceDefinitionNames
{
    /// <summary>As the product page: <c>PostgreSQL</c>.</summary>
    Product,

    /// <summary>As the reference operator: <c>PostgreSql</c>. Takes the place of its CRDs, objects and all.</summary>
    Reference,
}
