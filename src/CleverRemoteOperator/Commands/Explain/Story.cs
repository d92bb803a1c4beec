using CleverRemoteOperator.Commands.Fleet;

namespace CleverRemoteOperator.Commands.Explain;

/// <summary>What there is to tell of one resource. Sentences are fit for a terminal and hold no secret.</summary>
/// <param name="Spec">What it asks for: <c>plan xs_sml</c>; of variables the names alone.</param>
/// <param name="Account">Which credentials serve it, and why these.</param>
/// <param name="Addon">Its add-on, and how that stands at Clever Cloud.</param>
/// <param name="Secret">Its connection Secret.</param>
/// <param name="Deletion">What a deletion of the resource would do now.</param>
/// <param name="Conditions">How it stands.</param>
/// <param name="Events">What happened last, the newest first.</param>
internal sealed record Story(
    ResourcePlace Place, ResourceView Resource, string Spec, string Account, string Addon, string Secret, string Deletion,
    IReadOnlyList<StoryLine> Conditions, IReadOnlyList<StoryLine> Events);

/// <summary>A condition or an Event.</summary>
/// <param name="What"><c>Ready=False</c>; <c>Warning</c>.</param>
internal sealed record StoryLine(string What, string Reason, string Message, DateTimeOffset? At);
