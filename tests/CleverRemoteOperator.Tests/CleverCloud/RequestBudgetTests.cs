using CleverRemoteOperator.CleverCloud;
using CleverRemoteOperator.CleverCloud.Http;
using Microsoft.Extensions.Time.Testing;

namespace CleverRemoteOperator.Tests.CleverCloud;

public sealed class RequestBudgetTests
{
    private static readonly CleverRequest Request = CleverRequest.To(HttpMethod.Get, "/v2/self");

    private readonly FakeTimeProvider _time = new();
    private readonly RequestBudget _budget;

    public RequestBudgetTests() => _budget = new RequestBudget(10, 5, TimeSpan.FromSeconds(10), _time);

    [Fact]
    public void A_burst_goes_at_once_and_the_rest_at_the_rate()
    {
        var takes = Take(8);

        Assert.Equal(5, Done(takes));
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(6, Done(takes));
        _time.Advance(TimeSpan.FromMilliseconds(200));
        Assert.Equal(8, Done(takes));
    }

    [Fact]
    public void A_quiet_time_earns_no_more_than_a_burst()
    {
        Take(5);
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(5, Done(Take(8)));
    }

    [Fact]
    public async Task Who_would_wait_too_long_is_turned_away()
    {
        var takes = Take(106);

        var failure = await Assert.ThrowsAsync<CleverApiException>(() => takes[105]);
        Assert.Equal((true, true, false, TimeSpan.FromSeconds(10.1)), (failure.IsRateLimit, failure.CanRetry, failure.IsOutcomeUnknown, failure.RetryAfter));
        Assert.False(takes[104].IsCompleted);
    }

    [Fact]
    public void After_a_complaint_nothing_goes_until_the_api_said_then_at_half_the_rate()
    {
        _budget.SlowDown(TimeSpan.FromSeconds(3));
        var takes = Take(3);

        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(0, Done(takes));
        _time.Advance(TimeSpan.FromMilliseconds(200));
        Assert.Equal(1, Done(takes));
        _time.Advance(TimeSpan.FromMilliseconds(400));
        Assert.Equal(3, Done(takes));
    }

    [Fact]
    public void Who_waits_already_heeds_the_complaint_too()
    {
        Take(5);
        var take = _budget.TakeAsync(Request, CancellationToken.None);
        _budget.SlowDown(TimeSpan.FromSeconds(3));

        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(take.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.True(take.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_long_pause_is_told_at_once()
    {
        _budget.SlowDown(TimeSpan.FromMinutes(5));

        var failure = await Assert.ThrowsAsync<CleverApiException>(() => _budget.TakeAsync(Request, CancellationToken.None));
        Assert.InRange(failure.RetryAfter!.Value, TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(301));
    }

    [Fact]
    public void Complaints_about_what_was_sent_together_halve_the_rate_once()
    {
        for (var i = 0; i < 10; i++)
        {
            _budget.SlowDown(null);
        }

        var takes = Take(5);
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.InRange(Done(takes), 4, 5);
    }

    [Fact]
    public void The_full_rate_is_back_after_a_minute()
    {
        _budget.SlowDown(null);
        _time.Advance(TimeSpan.FromSeconds(61));
        var takes = Take(15);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(15, Done(takes));
    }

    private Task[] Take(int count) => [.. Enumerable.Range(0, count).Select(_ => _budget.TakeAsync(Request, CancellationToken.None))];

    private static int Done(Task[] takes) => takes.Count(take => take.IsCompletedSuccessfully);
}
