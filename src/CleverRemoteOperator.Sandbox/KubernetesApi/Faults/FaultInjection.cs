using CleverRemoteOperator.Sandbox.KubernetesApi.Errors;
using CleverRemoteOperator.Sandbox.KubernetesApi.Routing;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Faults;

/// <summary>Serves a request with the fault that was asked for it, if any.</summary>
internal sealed class FaultInjection(FaultRules rules, TimeProvider time)
{
    public async Task ServeAsync(ApiRequest request, Func<Task> serve)
    {
        switch (rules.Take(request))
        {
            case Fault.HangBeforeHeaders:
                await HangAsync(request);
                break;
            case Fault.HangAfterHeaders:
                request.Http.Response.ContentType = Answers.Json;
                await request.Http.Response.StartAsync(request.Aborted);
                await request.Http.Response.Body.FlushAsync(request.Aborted);
                await HangAsync(request);
                break;
            case Fault.Drop { AfterEffect: false }:
                request.Http.Abort();
                break;
            case Fault.Drop:
                request.Http.Response.Body = Stream.Null;
                await serve();
                request.Http.Abort();
                break;
            case Fault.Refuse refusal:
                throw new ApiException(refusal.Code, refusal.Reason, refusal.Message) { RetryAfterSeconds = refusal.RetryAfterSeconds };
            case Fault.Latency latency:
                await Task.Delay(latency.Delay, time, request.Aborted);
                await serve();
                break;
            case Fault.WatchLine line:
                request.Http.Features.Set(line);
                await serve();
                break;
            default:
                await serve();
                break;
        }
    }

    private Task HangAsync(ApiRequest request) => Task.Delay(Timeout.InfiniteTimeSpan, time, request.Aborted);
}
