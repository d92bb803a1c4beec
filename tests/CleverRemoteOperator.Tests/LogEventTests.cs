using System.Reflection;
using CleverRemoteOperator.Hosting;
using Microsoft.Extensions.Logging;

namespace CleverRemoteOperator.Tests;

/// <summary>Each line of the log has an id of its own, by which it can be searched for and counted.</summary>
public sealed class LogEventTests
{
    [Fact]
    public void Every_line_of_the_log_has_an_id_and_no_two_have_the_same()
    {
        var lines = (
            from type in typeof(Composition).Assembly.GetTypes()
            from method in type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            let message = method.GetCustomAttribute<LoggerMessageAttribute>()
            where message is not null
            select (message.EventId, Name: $"{type.Name}.{method.Name}")).ToList();
        var shared = lines.GroupBy(line => line.EventId, line => line.Name).Where(same => same.Count() > 1)
            .Select(same => $"{same.Key}: {string.Join(", ", same)}").ToList();

        Assert.NotEmpty(lines);
        Assert.DoesNotContain(lines, line => line.EventId < 0);
        Assert.Empty(shared);
    }
}
