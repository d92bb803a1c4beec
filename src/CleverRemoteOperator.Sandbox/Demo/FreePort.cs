namespace CleverRemoteOperator.Sandbox.Demo;

/// <summary>Starts a server on the port that is documented, else on a free one.</summary>
internal static class FreePort
{
    public static async Task<T> StartAsync<T>(int port, Func<int, Task<T>> start)
    {
        try
        {
            return await start(port);
        }
        catch (IOException)
        {
            return await start(0);
        }
    }
}
