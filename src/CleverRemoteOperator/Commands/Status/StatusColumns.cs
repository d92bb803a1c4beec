using CleverRemoteOperator.Commands.Screens;
using Spectre.Console;

namespace CleverRemoteOperator.Commands.Status;

/// <summary>The columns of <c>status</c>.</summary>
internal static class StatusColumns
{
    /// <summary>The column that tells why; where there is no room for it the message does.</summary>
    public const string Reason = "REASON";

    /// <summary>The column that tells since when; likewise.</summary>
    public const string For = "FOR";

    /// <param name="isWide">Every column there is.</param>
    /// <param name="isFlat">One table of all clusters, messages in it: for pipes.</param>
    public static IReadOnlyList<Column<StatusRow>> Of(bool isWide, bool isFlat, DateTimeOffset now)
    {
        List<Column<StatusRow>> columns =
        [
            new("NAMESPACE", 90, row => row.Resource?.Namespace ?? ""),
            new("KIND", 85, row => row.Resource?.Kind ?? ""),
            new("NAME", 100, row => row.Resource?.Name ?? ""),
            new("STATE", 80, row => row.State, ColourOf),
            new(Reason, 60, row => row.Reason, ColourOf),
            new(For, 50, row => Age.Since(row.Resource?.Since, now)),
            new("AGE", 40, row => Age.Since(row.Resource?.Resource.CreationTimestamp, now)),
        ];
        columns.AddRange(isWide
            ?
            [
                Field("PLAN", 34, "plan"), Field("REGION", 33, "region"), Field("VERSION", 32, "version"), Field("ON-DELETION", 26, "onDeletion"),
                Field("SECRET", 30, "secret"), Field("ADD-ON", 35, "addon"), Field("ORGANISATION", 28, "organisation"), Field("ACCOUNT", 24, "account"),
                Field("CREDENTIALS", 27, "credentialSource"),
            ]
            : [Field("ADD-ON", 35, "addon")]);
        if (!isFlat)
        {
            return columns;
        }

        // A program that reads lines by words finds each column in its place.
        return
        [
            new("CLUSTER", 99, row => row.Cluster),
            .. columns.Select(column => column with { Text = row => column.Text(row) is { Length: > 0 } text ? text : "-" }),
            new("MESSAGE", 98, row => row.Message),
        ];
    }

    /// <summary>Green for what is in order, red for what somebody must mend, yellow for what goes on.</summary>
    public static Color? ColourOf(StatusRow row) => row switch
    {
        { State: "Ready" } => Color.Green,
        { Resource: null } => Color.Red,
        { Resource.IsStalled: true } => Color.Red,
        _ => Color.Yellow,
    };

    private static Column<StatusRow> Field(string header, int importance, string field) => new(header, importance, row => row.Resource?.Field(field) ?? "");
}
