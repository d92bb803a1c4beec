using CleverRemoteOperator.Kubernetes.Api;
using k8s.Models;

namespace CleverRemoteOperator.Tests.Kubernetes;

public sealed class ApiErrorTests
{
    [Fact]
    public void The_missing_right_is_told_however_long_the_name_of_the_user_is()
    {
        var user = new string('u', 2000);

        var failure = ApiError.FromStatus(
            "GET apis/x",
            new V1Status { Code = 403, Reason = "Forbidden", Message = $"redis.api.clever-cloud.com is forbidden: User \"{user}\" cannot list resource \"redis\" in API group \"api.clever-cloud.com\" at the cluster scope" });

        Assert.True(failure.IsMissingRight);
        Assert.Contains("redis.api.clever-cloud.com is forbidden", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("cannot list resource \"redis\" in API group \"api.clever-cloud.com\" at the cluster scope", failure.Message, StringComparison.Ordinal);
        Assert.InRange(failure.Message.Length, 500, 600);
    }
}
