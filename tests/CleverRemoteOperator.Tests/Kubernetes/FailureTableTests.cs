using System.Net;
using CleverRemoteOperator.Kubernetes.Api;

namespace CleverRemoteOperator.Tests.Kubernetes;

/// <summary>What came back, what it means, and the longest back-off: all that the operator concludes from a failed request.</summary>
public sealed class FailureTableTests
{
    private const int Soon = 30;
    private const int Later = 300;

    [Theory]
    [InlineData(0, "", "no answer", "Unanswered", Soon)]
    [InlineData(0, "Timeout", "no answer within 30 s", "Unanswered", Soon)]
    [InlineData(0, "Tls", "the certificate expired", "Unanswered, StaleCredentials", Soon)]
    [InlineData(0, "BrokenOff", "the connection broke off", "Unanswered, MayBeStuck", Soon)]
    [InlineData(0, "EndedAtOnce", "the watch ended at once", "Unanswered, MayBeStuck", Soon)]
    [InlineData(0, "Silence", "no data from the watch for 15 s", "Unanswered, Silent, RefusesStreamedList", Soon)]
    [InlineData(0, "Unreadable", "the answer is not a list", "Unanswered, NeedsList, RefusesStreamedList", Soon)]
    [InlineData(0, "AnswerTooLarge", "the answer is larger than 8 MiB", "Unanswered, TooLarge", Soon)]
    [InlineData(0, "Expired", "too old resource version: 5 (7)", "Unanswered, Expired, NeedsList", Soon)]
    [InlineData(400, "BadRequest", "invalid", "Refused, NeedsList, RefusesStreamedList", Soon)]
    [InlineData(400, "BadRequest", "admission webhook \"a.example\" does not support dry run", "Refused, Admission, DryRunUnsupported, NeedsList, RefusesStreamedList", Soon)]
    [InlineData(401, "Unauthorized", "Unauthorized", "Unauthorized, StaleCredentials", Later)]
    [InlineData(403, "Forbidden", "secrets is forbidden: exceeded quota", "Forbidden, Refused", Later)]
    [InlineData(403, "Forbidden", "secrets is forbidden: User \"u\" cannot list resource \"secrets\" in API group \"\"", "Forbidden, Refused, MissingRight", Later)]
    [InlineData(403, "Forbidden", "secrets \"a\" is forbidden: cannot set blockOwnerDeletion if an ownerReference refers to a resource you can't set finalizers on: , <nil>", "Forbidden, Refused, MissingRight, MissingFinalizers", Later)]
    [InlineData(403, "Forbidden", "unable to create new content in namespace a because it is being terminated", "Forbidden, Refused, NamespaceGoing", Later)]
    [InlineData(403, "Forbidden", "admission webhook \"a.example\" denied the request", "Forbidden, Refused, Admission", Later)]
    [InlineData(404, "", "404 page not found", "NotServed, NeedsList", Later)]
    [InlineData(404, "NotFound", "secrets \"a\" not found", "NotServed, NeedsList, NotFound", Later)]
    [InlineData(404, "NotFound", "POST /x: 404 NotFound: namespaces \"a\" not found", "NotServed, NeedsList, NotFound, NamespaceGoing", Later)]
    [InlineData(405, "MethodNotAllowed", "", "Refused, RefusesStreamedList", Soon)]
    [InlineData(406, "NotAcceptable", "", "Refused, RefusesStreamedList", Soon)]
    [InlineData(408, "Timeout", "", "None", Soon)]
    [InlineData(409, "Conflict", "the object has been modified", "Conflict", Soon)]
    [InlineData(409, "AlreadyExists", "already exists", "Conflict", Soon)]
    [InlineData(410, "Expired", "too old resource version", "Expired, NeedsList", Soon)]
    [InlineData(410, "", "", "Expired, NeedsList", Soon)]
    [InlineData(413, "", "", "Refused", Soon)]
    [InlineData(415, "UnsupportedMediaType", "", "Refused, RefusesStreamedList", Soon)]
    [InlineData(422, "Invalid", "spec.plan: Invalid value", "Invalid, Refused, NeedsList, RefusesStreamedList", Soon)]
    [InlineData(422, "Invalid", "ValidatingAdmissionPolicy 'a' denied request", "Invalid, Refused, NeedsList, RefusesStreamedList, Admission", Soon)]
    [InlineData(422, "Invalid", "metadata.uid: Invalid value: \"u\": field is immutable", "Invalid, Refused, NeedsList, RefusesStreamedList, Conflict", Soon)]
    [InlineData(429, "TooManyRequests", "storage is (re)initializing", "Busy", Soon)]
    [InlineData(500, "InternalError", "etcdserver: leader changed", "Unanswered, MayBeStuck", Soon)]
    [InlineData(503, "ServiceUnavailable", "", "Unanswered", Soon)]
    [InlineData(504, "Timeout", "Too large resource version: 9, current: 7", "Unanswered, MayBeStuck, NeedsList", Soon)]
    public void Each_answer_has_its_meaning(int status, string reason, string message, string means, int longestBackoff)
    {
        var failure = new KubernetesApiException(message, status == 0 ? null : (HttpStatusCode)status, reason);

        Assert.Equal((Enum.Parse<FailureMeaning>(means), TimeSpan.FromSeconds(longestBackoff)), (FailureTable.Read(status, reason, message).Means, failure.LongestBackoff));
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData(7, 7)]
    [InlineData(3600, 300)]
    public void What_the_server_asks_for_is_followed_up_to_five_minutes(int? asked, int followed) =>
        Assert.Equal(TimeSpan.FromSeconds(followed), new KubernetesApiException("", HttpStatusCode.TooManyRequests, "") { RetryAfter = asked is { } seconds ? TimeSpan.FromSeconds(seconds) : null }.AskedFor);
}
