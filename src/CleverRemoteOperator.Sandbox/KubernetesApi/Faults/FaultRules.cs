using CleverRemoteOperator.Sandbox.KubernetesApi.Routing;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Faults;

/// <summary>The faults a test has asked for; the first rule that matches counts.</summary>
internal sealed class FaultRules
{
    private readonly Lock _gate = new();
    private readonly List<(FaultRule Rule, int? Left)> _rules = [];

    public void Add(FaultRule rule)
    {
        lock (_gate)
        {
            _rules.Add((rule, rule.Times));
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _rules.Clear();
        }
    }

    /// <summary>The fault of this request, counted as used; null for none.</summary>
    public Fault? Take(ApiRequest request)
    {
        lock (_gate)
        {
            var found = _rules.FindIndex(entry => entry.Left is not 0 && entry.Rule.Matches(request));
            if (found < 0)
            {
                return null;
            }

            (var rule, var left) = _rules[found];
            _rules[found] = (rule, left - 1);
            return rule.Fault;
        }
    }
}
