using System.Text.Json;
using System.Text.Json.Nodes;
using CleverRemoteOperator.Benchmarks.Driving;
using CleverRemoteOperator.Benchmarks.Load;
using CleverRemoteOperator.Benchmarks.Measuring;
using CleverRemoteOperator.Benchmarks.Phases;
using CleverRemoteOperator.Benchmarks.Processes;

namespace CleverRemoteOperator.Benchmarks.Scale;

/// <summary>
/// One run of <c>scale</c>. An annotation that the operator does not know holds every resource: it says so in a status, as long as that of
/// a resource in order, and asks the Clever API for nothing.
/// </summary>
internal sealed class ScaleRun(LoadOptions options, TextWriter progress)
{
    /// <summary>The pages that are scraped.</summary>
    public static readonly IReadOnlyList<string> Pages = ["metrics", "status"];

    private const int WritesAtOnce = 64;
    private const int Scrapes = 21;
    private const string Held = "api.clever-cloud.com/held-by-the-benchmark";
    private static readonly TimeSpan BetweenScrapes = TimeSpan.FromMilliseconds(200);

    public static string Median(string page) => $"/{page}, p50";

    public async Task<IReadOnlyList<Figure>> RunAsync(OperatorPublish publish)
    {
        await using var bench = await Bench.StartAsync(options, publish, progress, TimeProvider.System);
        var resources = Batches.Everywhere(bench.Fleet.Clusters, options).Creations;
        await progress.WriteLineAsync($"creating {resources.Count} resources …");
        await Parallel.ForEachAsync(resources, new ParallelOptions { MaxDegreeOfParallelism = WritesAtOnce }, async (resource, token) =>
            await bench.Driver.ClientOf(resource.Cluster).CreateAsync(bench.Driver.Shape.CollectionIn(resource.Namespace), BodyOf(bench, resource.Name), token));
        foreach (var phase in new[] { "first start", "restart" })
        {
            await bench.StartOperatorAsync(phase, resources.Count);
            bench.Add(Group.Size, "resources", phase, resources.Count, Unit.Number);
            var page = await bench.MetricsAsync();
            bench.Add(Group.Size, "resources shown", phase, page.Sum("clever_operator_resources"), Unit.Number);
            bench.Add(Group.Operator, "kept", phase, page.Sum("clever_operator_kept_bytes") / 1024 / 1024, Unit.Mebibytes);
            bench.Add(Group.Operator, "objects refused", phase, page.Sum("clever_operator_refusals"), Unit.Number);
            await bench.PassAsync($"{phase}, rest", () => Task.Delay(options.Rest, TimeProvider.System));
            await ScrapeAsync(bench, phase);
            await bench.StopOperatorAsync();
        }

        return bench.Figures;
    }

    private static byte[] BodyOf(Bench bench, string name)
    {
        var body = JsonNode.Parse(bench.Driver.Shape.Body(name))!;
        body["metadata"]!["annotations"] = new JsonObject { [Held] = "true" };
        return JsonSerializer.SerializeToUtf8Bytes(body);
    }

    private static async Task ScrapeAsync(Bench bench, string phase)
    {
        foreach (var page in Pages)
        {
            var took = new double[Scrapes];
            var before = bench.OperatorUsage.CpuSeconds;
            for (var scrape = 0; scrape < Scrapes; scrape++)
            {
                took[scrape] = (await bench.ScrapeAsync(page)).TotalMilliseconds;
                await Task.Delay(BetweenScrapes, TimeProvider.System);
            }

            bench.Add(Group.Scrape, Median(page), phase, Percentile.Of(took, 50), Unit.Milliseconds);
            bench.Add(Group.Scrape, $"/{page}, max", phase, Percentile.Of(took, 100), Unit.Milliseconds);
            bench.Add(Group.Scrape, $"/{page}, CPU", phase, (bench.OperatorUsage.CpuSeconds - before) / Scrapes * 1000, Unit.Milliseconds);
        }
    }
}
