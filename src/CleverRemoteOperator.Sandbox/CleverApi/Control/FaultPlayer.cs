using System.Text.Json.Nodes;
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

            await (rule.Body is { } body ? ApiError.Answer(status, body) : ApiError.ForStatus(status, http.Request.Path)).WriteAsync(http.Response);
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
        else if (rule.Hide is { } ids)
        {
            await HideAsync(ids, http, next);
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

    private static async Task HideAsync(IReadOnlyList<string> ids, HttpContext http, RequestDelegate next)
    {
        var response = http.Response;
        var sent = response.Body;
        using var whole = new MemoryStream();
        response.Body = whole;
        await next(http);
        response.Body = sent;
        var answer = JsonNode.Parse(whole.ToArray());
        if (answer is JsonArray list)
        {
            list.RemoveAll(entry => entry is JsonObject json && (ids.Contains(json.Text("id")) || ids.Contains(json.Text("realId"))));
        }

        response.ContentLength = null;
        await response.WriteAsync(answer?.ToJsonString(JsonText.Options) ?? "null", http.RequestAborted);
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
