namespace CleverRemoteOperator.Sandbox.Demo;

/// <summary>Shows the board: a live table on a terminal, plain lines elsewhere.</summary>
internal interface IDemoScreen
{
    /// <summary>Shows what happens until cancelled, then ends quietly.</summary>
    /// <param name="everything">Every resource; otherwise only those that change from now on.</param>
    Task FollowAsync(DemoBoard board, bool everything, CancellationToken token);

    /// <summary>Leaves every resource on the screen as it is now.</summary>
    void ShowAll(IReadOnlyList<DemoRow> rows);
}
