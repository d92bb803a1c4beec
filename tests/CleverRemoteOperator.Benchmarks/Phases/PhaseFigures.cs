using CleverRemoteOperator.Benchmarks.Measuring;

namespace CleverRemoteOperator.Benchmarks.Phases;

/// <summary>What two readings tell of the phase between them.</summary>
/// <param name="phase">Its name.</param>
/// <param name="created">How many resources were created in it; 0 = none, and requests are not divided.</param>
internal sealed class PhaseFigures(string phase, Reading start, Reading end, int created, TimeProvider time)
{
    /// <summary>All of them, group by group.</summary>
    public IEnumerable<Figure> All => Size().Concat(Operator()).Concat(Others()).Concat(Requests());

    /// <summary>Those of a phase in which no operator runs.</summary>
    public IEnumerable<Figure> WithoutOperator => Size().Concat(Others());

    private IEnumerable<Figure> Size()
    {
        if (created > 0)
        {
            yield return Of(Group.Size, "created", created, Unit.Number);
        }

        yield return Of(Group.Time, "phase", time.GetElapsedTime(start.At, end.At).TotalSeconds, Unit.Seconds);
        yield return Of(Group.Time, "this driver's watches, resumed", end.Resumes - start.Resumes, Unit.Number);
    }

    private IEnumerable<Figure> Operator()
    {
        var cpu = end.Operator.CpuSeconds - start.Operator.CpuSeconds;
        if (created > 0)
        {
            yield return Of(Group.Operator, "CPU a created resource", cpu / created * 1000, Unit.Milliseconds);
        }

        yield return Of(Group.Operator, "CPU", cpu, Unit.Seconds);
        yield return Of(Group.Operator, "CPU, of one core", cpu / time.GetElapsedTime(start.At, end.At).TotalSeconds * 100, Unit.Percent);
        yield return Of(Group.Operator, "resident memory", end.Operator.Resident, Unit.Mebibytes);
        yield return Of(Group.Operator, "resident memory, peak", end.Operator.Peak, Unit.Mebibytes);
        if (end.Collections is { } after)
        {
            var before = start.Collections ?? new(0, 0);
            yield return Of(Group.Operator, "GC pauses", after.PausedMilliseconds - before.PausedMilliseconds, Unit.Milliseconds);
            yield return Of(Group.Operator, "GCs", after.Count - before.Count, Unit.Number);
        }

        yield return Of(Group.Operator, "threads", end.Operator.Threads, Unit.Number);
        yield return Of(Group.Operator, "sockets", end.Operator.Sockets, Unit.Number);
    }

    private IEnumerable<Figure> Others()
    {
        var used = end.CpuOfOthers.Select(pair => (Program: pair.Key, Cpu: pair.Value - start.CpuOfOthers[pair.Key])).ToList();
        var each = created > 0 ? used : [];
        return used.Select(same => Of(Group.OtherCpu, same.Program, same.Cpu, Unit.Seconds))
            .Concat(each.Select(same => Of(Group.OtherCpu, $"{same.Program}, a created resource", same.Cpu / created * 1000, Unit.Milliseconds)));
    }

    private IEnumerable<Figure> Requests()
    {
        var requests = end.Requests.Since(start.Requests);
        return created > 0
            ? Requests(Group.KubernetesEach, requests.Kubernetes, requests.Servers, created).Concat(Requests(Group.CleverEach, requests.Clever, null, created))
            : Requests(Group.Kubernetes, requests.Kubernetes, requests.Servers, 1).Concat(Requests(Group.Clever, requests.Clever, null, 1));
    }

    private IEnumerable<Figure> Requests(Group group, RequestCounts counts, RequestCounts? servers, double each)
    {
        yield return Of(group, RequestCounts.Writes, counts.Written / each, Unit.Number);
        if (servers is not null)
        {
            yield return Of(group, RequestCounts.ServersWrites, servers.Written / each, Unit.Number);
        }

        yield return Of(group, "reads", counts.Read / each, Unit.Number);
        foreach (var (route, count) in counts.ByRoute.Where(pair => !RequestCounts.IsUpkeep(pair.Key)).OrderByDescending(pair => RequestCounts.IsWrite(pair.Key)).ThenBy(pair => pair.Key, StringComparer.Ordinal))
        {
            yield return Of(group, RequestCounts.RouteIndent + route, count / each, Unit.Number);
        }

        foreach (var (route, count) in counts.ByRoute.Where(pair => RequestCounts.IsUpkeep(pair.Key)))
        {
            yield return Of(Group.KubernetesUpkeep, route, count, Unit.Number);
        }
    }

    private Figure Of(Group group, string name, double value, Unit unit) => new(group, name, phase, value, unit);
}
