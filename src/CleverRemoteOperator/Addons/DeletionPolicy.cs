namespace CleverRemoteOperator.Addons;

/// <summary>What becomes of the add-on when its resource is deleted.</summary>
internal enum DeletionPolicy
{
    /// <summary>It is deleted with its data.</summary>
    Delete,

    /// <summary>It stays as it is, and so does the connection Secret.</summary>
    Retain,
}
