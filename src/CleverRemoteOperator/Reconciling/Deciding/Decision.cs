using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Reconciling.Observing;

namespace CleverRemoteOperator.Reconciling.Deciding;

/// <summary>The one thing to be done next with a resource.</summary>
internal abstract record Decision
{
    /// <summary>Look at one more fact, then decide again.</summary>
    internal sealed record Look(Fact Fact) : Decision;

    /// <summary>It is none of our business.</summary>
    internal sealed record Ignore : Decision;

    /// <summary>All is as asked; look again at the next resync.</summary>
    internal sealed record InOrder : Decision;

    /// <summary>Time, or somebody at work, will help: say so and look again.</summary>
    internal sealed record Wait(Problem Problem) : Decision;

    /// <summary>Somebody has to change something: say what.</summary>
    internal sealed record Report(Problem Problem) : Decision;

    /// <summary>Put finalizer and creation mark on the resource, so that a lost creation can be found again.</summary>
    /// <param name="Beside">A fact to look at meanwhile: what is done next depends on it. Null for none.</param>
    internal sealed record Mark(Fact? Beside) : Decision;

    /// <summary>Void the mark of this pass, for which nothing was asked, and wait.</summary>
    internal sealed record Unmark(Problem Problem) : Decision;

    /// <summary>Put a new mark on a resource whose attempt is not known, and wait.</summary>
    internal sealed record Remark(Problem Problem) : Decision;

    /// <summary>Ask for the add-on.</summary>
    internal sealed record Create : Decision;

    /// <summary>Give the add-on the name that says it is ours.</summary>
    internal sealed record Claim : Decision;

    /// <summary>Give the add-on that the resource names to take over the name that says it is ours.</summary>
    internal sealed record Adopt(CleverAddon Addon) : Decision;

    /// <summary>Put our finalizer back on a resource that has an add-on.</summary>
    internal sealed record Hold : Decision;

    /// <summary>Write the variables that the spec asks for into the add-on.</summary>
    internal sealed record Change : Decision;

    /// <summary>Ask for another plan, region or version of the add-on.</summary>
    internal sealed record Migrate(MigrationTarget Target) : Decision;

    /// <summary>Ask for another version of an add-on that is updated in its place.</summary>
    internal sealed record Update(MigrationTarget Target) : Decision;

    /// <summary>Record in the status how far a migration is.</summary>
    internal sealed record Record(Migration Migration) : Decision;

    /// <summary>Stop a migration the spec asks for no more.</summary>
    internal sealed record Abort(Migration Migration) : Decision;

    /// <summary>Tell what would be done, and do nothing.</summary>
    internal sealed record Preview(Decision What) : Decision;

    /// <summary>Write the add-on's environment into the connection Secret, and the status.</summary>
    /// <param name="Unmet">What keeps the resource from being Ready all the same; null when nothing does.</param>
    internal sealed record Publish(Problem? Unmet = null) : Decision;

    /// <summary>Delete the add-on with its data.</summary>
    internal sealed record Delete : Decision;

    /// <summary>Drop our finalizer; the add-on stays or is gone.</summary>
    /// <param name="KeepsSecret">True when the connection Secret must outlive the resource.</param>
    internal sealed record LetGo(string Reason, string Message, bool KeepsSecret = false) : Decision;
}
