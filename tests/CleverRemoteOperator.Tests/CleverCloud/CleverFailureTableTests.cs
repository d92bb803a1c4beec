using System.Net;
using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.Configuration.Texts;
using static CleverRemoteOperator.CleverCloud.CleverFailureKind;

namespace CleverRemoteOperator.Tests.CleverCloud;

/// <summary>What came back, what it means, when to try again.</summary>
public sealed class CleverFailureTableTests
{
    [Theory]
    [InlineData(307, null, false, nameof(Unexpected))]
    [InlineData(400, "1", false, nameof(Rejected))]
    [InlineData(401, "2001", false, nameof(Unauthorized))]
    [InlineData(403, "10300", false, nameof(Forbidden))]
    [InlineData(403, null, true, nameof(Forbidden))]
    [InlineData(403, "403", false, nameof(RateLimited))]
    [InlineData(404, "4004", false, nameof(NotFound))]
    [InlineData(404, null, true, nameof(GatewayPage))]
    [InlineData(408, null, false, nameof(GatewayTimeout))]
    [InlineData(409, null, false, nameof(Rejected))]
    [InlineData(429, null, false, nameof(RateLimited))]
    [InlineData(500, "403", false, nameof(Unavailable))]
    [InlineData(502, null, true, nameof(Unavailable))]
    [InlineData(503, "-500", false, nameof(ProviderUnavailable))]
    public void An_answer_is_one_row(int status, string? errorId, bool isPage, string kind) =>
        Assert.Equal(kind, CleverFailureTable.KindOf((HttpStatusCode)status, errorId, isPage).ToString());

    [Theory]
    [InlineData(nameof(RateLimited), nameof(TryAgain.WithinBudget), false, nameof(PostOutcome.None))]
    [InlineData(nameof(Unauthorized), nameof(TryAgain.AfterChange), false, nameof(PostOutcome.None))]
    [InlineData(nameof(Forbidden), nameof(TryAgain.AfterChange), false, nameof(PostOutcome.None))]
    [InlineData(nameof(NotFound), nameof(TryAgain.AfterChange), false, nameof(PostOutcome.None))]
    [InlineData(nameof(Rejected), nameof(TryAgain.AfterChange), false, nameof(PostOutcome.None))]
    [InlineData(nameof(GatewayPage), nameof(TryAgain.Later), false, nameof(PostOutcome.None))]
    [InlineData(nameof(GatewayTimeout), nameof(TryAgain.Later), false, nameof(PostOutcome.Unknown))]
    [InlineData(nameof(ProviderUnavailable), nameof(TryAgain.Later), false, nameof(PostOutcome.Unknown))]
    [InlineData(nameof(Unavailable), nameof(TryAgain.Later), true, nameof(PostOutcome.Unknown))]
    [InlineData(nameof(Unexpected), nameof(TryAgain.AfterChange), false, nameof(PostOutcome.Unknown))]
    [InlineData(nameof(Unreadable), nameof(TryAgain.Later), false, nameof(PostOutcome.Unknown))]
    [InlineData(nameof(TooLarge), nameof(TryAgain.AfterChange), false, nameof(PostOutcome.Unknown))]
    [InlineData(nameof(NoAnswer), nameof(TryAgain.Later), true, nameof(PostOutcome.UnknownOnceSent))]
    [InlineData(nameof(AddressRefused), nameof(TryAgain.AfterChange), false, nameof(PostOutcome.None))]
    [InlineData(nameof(CircuitOpen), nameof(TryAgain.Later), false, nameof(PostOutcome.None))]
    [InlineData(nameof(Expired), nameof(TryAgain.AfterChange), false, nameof(PostOutcome.Unknown))]
    [InlineData(nameof(InvalidRequest), nameof(TryAgain.AfterChange), false, nameof(PostOutcome.None))]
    public void A_row_says_what_it_means_and_when_to_try_again(string kind, string again, bool isOutage, string post)
    {
        var meaning = CleverFailureTable.MeaningOf(Enum.Parse<CleverFailureKind>(kind));

        Assert.Equal((again, isOutage, post), (meaning.Again.ToString(), meaning.IsOutage, meaning.Post.ToString()));
    }

    [Fact]
    public void Every_kind_has_a_row() => Assert.All(Enum.GetValues<CleverFailureKind>(), kind => CleverFailureTable.MeaningOf(kind));

    [Theory]
    [InlineData("7", 7)]
    [InlineData("0", 0)]
    [InlineData("86400", 3600)]
    [InlineData("Fri, 02 Jan 2026 03:04:35 GMT", 30)]
    [InlineData("Fri, 02 Jan 2026 03:00:00 GMT", 0)]
    [InlineData("soon", null)]
    [InlineData(null, null)]
    public void Retry_After_is_seconds_or_a_date_and_an_hour_at_most(string? header, int? seconds)
    {
        using var answer = new HttpResponseMessage();
        if (header is not null)
        {
            answer.Headers.TryAddWithoutValidation("Retry-After", header);
        }

        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        Assert.Equal(seconds, RetryAfter.Of(answer, time)?.TotalSeconds);
    }
}
