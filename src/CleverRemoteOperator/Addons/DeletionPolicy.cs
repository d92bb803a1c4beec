namespace CleverRemoteOperator.Addons;

/// <summary>What becomes of the add-on when its resource is deleted.</summary>
internal enum DeletionPolicy
{
    /// <summary>It is deleted, with all it holds.</summary>
    Delete,

    /// <summary>It stays at Clever Cloud and goes on costing.</summary>
    Retain,
}
