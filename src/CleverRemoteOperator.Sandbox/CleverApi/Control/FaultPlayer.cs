using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace CleverRemoteOperator.Sandbox.CleverApi.Control;

/// <summary>Plays a fault on one request.</summary>
internal sealed class FaultPlayer(TimeProvider timeProvider, IHostApplicationLifetime lifetime)
{
    /// <summary>Does what <paramref name="rule"/> says; <paramref name="next"/> serves the request.</summary>
    public async Task PlayAsync(FaultRule rule, HttpContext http, RequestDelegate next)
    {
        if (rule.Status is { } status)
        {
            foreach (var (name, value) in rule.Headers ?? new Dictionary<string, string>())
            {
                http.Response.Headers[name] = value;
            }

            await ApiError.ForStatus(status, http.Request.Path).WriteAsync(http.Response);
        }
        else if (rule.LatencyMs is { } milliseconds)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), timeProvider, http.RequestAborted);
            await next(http);
        }
        else if (rule.Hang == true)
        {
            await HangAsync(http);
        }
        else
        {
            await DropAsync(rule.Drop, http, next);
        }
    }

    private async Task HangAsync(HttpContext http)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        await Task.Delay(Timeout.InfiniteTimeSpan, timeProvider, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        http.Abort();
    }

    private static async Task DropAsync(string? moment, HttpContext http, RequestDelegate next)
    {
        if (moment == FaultRule.DropAfter)
        {
            using var unsent = new MemoryStream();
            http.Response.Body = unsent;
            await next(http);
        }

        http.Abort();
    }
}
