using CleverRemoteOperator.Benchmarks.Hostile;
using CleverRemoteOperator.Benchmarks.Processes;

namespace CleverRemoteOperator.Benchmarks.Isolation;

/// <summary>Hostile clusters and tenants that come and go.</summary>
internal sealed class Neighbours : IAsyncDisposable
{
    private readonly ServerFleet _fleet;
    private readonly List<(string Name, SandboxProcess Server)> _servers = [];
    private readonly IReadOnlyList<HostileTenant> _tenants;
    private CancellationTokenSource? _here;
    private Task _misbehaving = Task.CompletedTask;

    private Neighbours(ServerFleet fleet, IReadOnlyList<HostileTenant> tenants) => (_fleet, _tenants) = (fleet, tenants);

    public bool AreThere => _here is not null;

    /// <summary>Those of the hostile clusters.</summary>
    public IEnumerable<int> Processes => _servers.Select(server => server.Server.Id);

    /// <param name="clusters">Hostile ones.</param>
    /// <param name="tenants">One in each of the first clusters.</param>
    /// <param name="namespace">Where the tenants are.</param>
    public static async Task<Neighbours> StartAsync(ServerFleet fleet, int clusters, int tenants, string @namespace)
    {
        var neighbours = new Neighbours(fleet, [.. fleet.Clusters.Take(tenants).Select(cluster => new HostileTenant(cluster, @namespace, TimeProvider.System))]);
        for (var number = 1; number <= clusters; number++)
        {
            var name = $"hostile-{number}";
            neighbours._servers.Add((name, await SandboxProcess.StartHostileAsync(
                fleet.Folder, HostileServerCommand.Name, HostileServerCommand.KubeconfigOption, neighbours.FileOf(name))));
        }

        return neighbours;
    }

    /// <summary>They misbehave from now on.</summary>
    /// <param name="large">Resources of a megabyte a tenant makes.</param>
    public async Task ComeAsync(int large)
    {
        foreach (var (name, _) in _servers)
        {
            await _fleet.GiveAsync(name, await File.ReadAllTextAsync(FileOf(name)));
        }

        var here = _here = new CancellationTokenSource();
        _misbehaving = Task.WhenAll(_tenants.Select(tenant => tenant.RunAsync(large, here.Token)));
    }

    /// <summary>They are gone, and all they made.</summary>
    public async Task GoAsync()
    {
        foreach (var (name, _) in _servers)
        {
            _fleet.Take(name);
        }

        await (_here?.CancelAsync() ?? Task.CompletedTask);
        await _misbehaving;
        _here?.Dispose();
        _here = null;
    }

    public async ValueTask DisposeAsync()
    {
        await (_here?.CancelAsync() ?? Task.CompletedTask);
        await _misbehaving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var (_, server) in _servers)
        {
            await server.DisposeAsync();
        }
    }

    private string FileOf(string name) => Path.Combine(_fleet.Folder, $"{name}.yaml");
}
