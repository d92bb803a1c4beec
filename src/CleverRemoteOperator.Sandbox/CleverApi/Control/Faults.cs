using Microsoft.AspNetCore.Http;

namespace CleverRemoteOperator.Sandbox.CleverApi.Control;

/// <summary>The fault rules in force; the first that fits a request is played and used up.</summary>
internal sealed class Faults
{
    private readonly Lock _lock = new();
    private List<FaultRule> _rules = [];

    /// <summary>The rules left, with the times they are left for.</summary>
    public IReadOnlyList<FaultRule> Rules
    {
        get
        {
            lock (_lock)
            {
                return [.. _rules];
            }
        }
    }

    /// <summary>Replaces all rules.</summary>
    /// <exception cref="ArgumentException">A rule cannot be used; the message says which and why.</exception>
    public void Set(params IReadOnlyList<FaultRule> rules)
    {
        foreach (var (index, rule) in rules.Index())
        {
            if ((rule is null ? "an object is expected" : rule.Problem()) is { } problem)
            {
                throw new ArgumentException($"rule {index + 1}: {problem}");
            }
        }

        lock (_lock)
        {
            _rules = [.. rules];
        }
    }

    /// <summary>The rule to play on a request, one time of it taken; null when none fits.</summary>
    public FaultRule? Take(string method, PathString path)
    {
        lock (_lock)
        {
            var index = _rules.FindIndex(rule => rule.Matches(method, path));
            if (index < 0)
            {
                return null;
            }

            var rule = _rules[index];
            if (rule.Times == 1)
            {
                _rules.RemoveAt(index);
            }
            else if (rule.Times is { } times)
            {
                _rules[index] = rule with { Times = times - 1 };
            }

            return rule;
        }
    }
}
