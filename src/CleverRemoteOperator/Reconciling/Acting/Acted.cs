using CleverRemoteOperator.Queueing;
using CleverRemoteOperator.Reconciling.Deciding;
using CleverRemoteOperator.Reconciling.Observing;

namespace CleverRemoteOperator.Reconciling.Acting;

/// <summary>What came of an act: either the pass ends, or what is known now leads to the next decision.</summary>
/// <param name="Result">How the pass ends; null when it goes on.</param>
/// <param name="Next">What is known now.</param>
internal readonly record struct Acted(ReconcileResult? Result, Observation? Next)
{
    public static Acted End(ReconcileResult result) => new(result, null);

    /// <summary>The pass ends with what keeps the resource from being in order, which was told on it.</summary>
    public static Acted Told(Problem problem) =>
        End(problem.IsExpected
            ? ReconcileResult.Waiting(problem.Reason, problem.Message, problem.RetryAfter)
            : ReconcileResult.Failed(problem.Reason, problem.Message, problem.RetryAfter, problem.IsTerminal, problem.IsNamespaceGoing));

    public static Acted GoOn(Observation next) => new(null, next);
}
