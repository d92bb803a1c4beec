using CleverRemoteOperator.Commands.Screens;
using Spectre.Console;

namespace CleverRemoteOperator.Commands.Explain;

/// <summary>Tells a story.</summary>
internal static class StoryView
{
    private const int Indent = 2;

    private static readonly Column<(string What, string Text)>[] Parts = [new("", 1, part => part.What)];

    public static string Write(Story story, Terminal terminal, DateTimeOffset now)
    {
        var resource = story.Resource;
        var screen = new Screen(terminal).Line(
            ($"{story.Place}  ", new Style(decoration: Decoration.Bold)),
            (resource.State + (resource.Reason.Length == 0 ? "" : $", {resource.Reason}"), new Style(resource.IsReady ? Color.Green : resource.IsStalled ? Color.Red : Color.Yellow)),
            (Age.Since(resource.Since, now) is { Length: > 0 } age ? $" for {age}" : "", Style.Plain));
        var explained = resource.IsReady ? null : ReasonText.All.FirstOrDefault(reason => reason.Name == resource.Reason);
        // Ready sums the others up: what it says need not be said again.
        var told = story.Conditions.FirstOrDefault(condition => condition.What.StartsWith("Ready=", StringComparison.Ordinal));
        List<(string What, string Text)> parts =
        [
            .. told is null || told.Message.Length == 0 ? [] : (IEnumerable<(string, string)>)[("message", told.Message)],
            .. explained is null ? [] : (IEnumerable<(string, string)>)[("what to do", explained.WayOut.Replace("`", "", StringComparison.Ordinal))],
            ("spec", story.Spec), ("account", story.Account), ("add-on", story.Addon), ("Secret", story.Secret), ("deletion", story.Deletion),
            .. Lines("", story.Conditions.Where(condition => condition != told), told, now),
            .. Lines("Event ", story.Events, told, now),
        ];
        return screen.Texts(Parts, part => part.Text, parts, Indent).ToString();
    }

    private static IEnumerable<(string What, string Text)> Lines(string prefix, IEnumerable<StoryLine> lines, StoryLine? told, DateTimeOffset now) => lines.Select(line => (
        prefix + line.What,
        string.Join(", ", ((string[])[line.Reason, Age.Since(line.At, now) is { Length: > 0 } age ? age + (prefix.Length > 0 ? " ago" : "") : ""]).Where(part => part.Length > 0))
            + (line.Message.Length == 0 ? "" : line.Message == told?.Message ? ", with that message" : $": {line.Message}")));
}
