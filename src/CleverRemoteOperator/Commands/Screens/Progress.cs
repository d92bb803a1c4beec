namespace CleverRemoteOperator.Commands.Screens;

/// <summary>A line that says what is being done, on a terminal only; it goes before anything else is written.</summary>
internal sealed class Progress(TextWriter output, Terminal terminal)
{
    private const string ClearLine = "\r\e[K";

    private bool _isShown;

    public async Task ShowAsync(string text)
    {
        if (terminal is { Redraws: true, Width: { } width })
        {
            _isShown = true;
            await output.WriteAsync(ClearLine + (text.Length < width ? text + " …" : "…"));
            await output.FlushAsync();
        }
    }

    public async Task ClearAsync()
    {
        if (_isShown)
        {
            _isShown = false;
            await output.WriteAsync(ClearLine);
        }
    }
}
