using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KeraLua;

namespace CleverRemoteOperator.Tests.GitOps;

/// <summary>A health check of Argo CD, run as it runs it: the resource is the global <c>obj</c>, and what the script returns is its health.</summary>
internal static class LuaCheck
{
    public static (string? Status, string? Message) Run(string script, JsonNode resource)
    {
        using var lua = new Lua();
        Assert.False(lua.DoString($"obj = {Literal(resource)}"), lua.ToString(-1));
        Assert.False(lua.DoString(script), lua.ToString(-1));
        return (Field(lua, "status"), Field(lua, "message"));
    }

    private static string? Field(Lua lua, string name)
    {
        lua.GetField(-1, name);
        var text = lua.ToString(-1);
        lua.Pop(1);
        return text;
    }

    private static string Literal(JsonNode? node) => node switch
    {
        null => "nil",
        JsonObject fields => $"{{{string.Join(",", fields.Select(field => $"[{Text(field.Key)}]={Literal(field.Value)}"))}}}",
        JsonArray items => $"{{{string.Join(",", items.Select(Literal))}}}",
        _ when node.GetValueKind() == JsonValueKind.String => Text(node.GetValue<string>()),
        _ => node.ToJsonString(),
    };

    private static string Text(string text) =>
        $"\"{string.Concat(Encoding.UTF8.GetBytes(text).Select(value => string.Create(CultureInfo.InvariantCulture, $"\\{value:000}")))}\"";
}
