using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using CleverRemoteOperator.Addons;
using CleverRemoteOperator.Benchmarks.Bed;
using CleverRemoteOperator.Sandbox.CleverApi.Addons;

namespace CleverRemoteOperator.Benchmarks.Soak;

/// <summary>Every add-on that ever was, from a look at the Clever API ten times a second.</summary>
internal sealed partial class AddonHistory(TestBed bed, Journal journal, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<string, AddonLifetime> _seen = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _byHand = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _foreign = new(StringComparer.Ordinal);

    public IReadOnlyCollection<AddonLifetime> All => [.. _seen.Values];

    /// <summary>Generated passwords, keys and URLs of all add-ons: none may be logged.</summary>
    public IEnumerable<string> Secrets => _seen.Values
        .SelectMany(lifetime => bed.Clever.Addons.TemplateOf(lifetime.Addon).Environment())
        .Where(variable => SecretName().IsMatch(variable.Name) && variable.Value.Length >= 8)
        .Select(variable => variable.Value);

    public async Task RunAsync(CancellationToken token)
    {
        while (true)
        {
            Look();
            await Task.Delay(Interval, time, token);
        }
    }

    public void Look()
    {
        var now = time.GetUtcNow();
        var live = bed.Clever.Addons.All.ToDictionary(addon => addon.Id, StringComparer.Ordinal);
        foreach (var addon in live.Values.Where(addon => _seen.TryAdd(addon.Id, new AddonLifetime(addon, now))))
        {
            journal.Add("clever", $"add-on {(IsForeign(addon) ? "planted" : "appeared")}: {addon.Id} {addon.Name} of {addon.OwnerId}");
        }

        foreach (var lifetime in _seen.Values.Where(lifetime => lifetime.GoneAt is null && !live.ContainsKey(lifetime.Addon.Id)))
        {
            lifetime.GoneAt = now;
            journal.Add("clever", $"add-on vanished: {lifetime.Addon.Id} {lifetime.Addon.Name}");
        }
    }

    /// <summary>Creates an add-on that is none of the operator's business.</summary>
    public void Plant(string owner, AddonRequest request)
    {
        _foreign[request.Name] = true;
        bed.Clever.Addons.Create(owner, request);
    }

    /// <summary>True for what the soak planted: it must stay.</summary>
    public bool IsForeign(Addon addon) => _foreign.ContainsKey(addon.Name);

    /// <summary>Deletes an add-on as its owner would in the console.</summary>
    public void DeleteByHand(Addon addon)
    {
        _byHand[addon.Id] = true;
        bed.Clever.Addons.Delete(addon);
    }

    public bool WasDeletedByHand(Addon addon) => _byHand.ContainsKey(addon.Id);

    [GeneratedRegex("PASSWORD|SECRET|TOKEN|URI|URL|KEY")]
    private static partial Regex SecretName();
}

/// <summary>An add-on and when it was there.</summary>
internal sealed class AddonLifetime(Addon addon, DateTimeOffset since)
{
    /// <summary>As it was when first seen.</summary>
    public Addon Addon => addon;

    public DateTimeOffset Since => since;

    public DateTimeOffset? GoneAt { get; set; }

    /// <summary>Uid of the resource its name tells of; empty when the name is none of the operator's.</summary>
    public string Uid => AddonName.Read(addon.Name)?.Uid ?? "";

    public bool Overlaps(AddonLifetime other) => since < (other.GoneAt ?? DateTimeOffset.MaxValue) && other.Since < (GoneAt ?? DateTimeOffset.MaxValue);
}
