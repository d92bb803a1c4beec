using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Reconciling.Observing;
using static CleverRemoteOperator.Reconciling.Deciding.Decision;

namespace CleverRemoteOperator.Reconciling.Deciding;

/// <summary>What an owner's policy lets pass of a decision. It comes last, so that no way to a decision can go around it.</summary>
internal static class Restraint
{
    public static Decision Of(Observation seen, Decision decision) =>
        Managed(seen, decision) is var managed && seen.Steering.IsDryRun && IsWrite(managed) ? new Preview(managed) : managed;

    private static Decision Managed(Observation seen, Decision decision) => (seen.Policies.Management ?? ManagementPolicy.Full, decision) switch
    {
        (ManagementPolicy.Full, _) => decision,
        (_, Change or Migrate or Update or Abort) => DecideChange.Told(seen, new Report(ChangeProblems.NotManaged(seen))),
        (ManagementPolicy.ObserveOnly, Mark or Remark or Unmark or Create or Claim or Adopt) => new Report(ChangeProblems.OnlyObserved()),
        (ManagementPolicy.ObserveOnly, Delete) => new LetGo(Reason.Retained, LeavingProblems.Kept(seen)),
        _ => decision,
    };

    private static bool IsWrite(Decision decision) => decision is not (Look or Ignore or InOrder or Wait or Report or Record);
}
