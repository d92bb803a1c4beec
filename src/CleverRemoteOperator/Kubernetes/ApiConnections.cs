namespace CleverRemoteOperator.Kubernetes;

/// <summary>
/// The connections to one API server. When its authorities or our certificate change, requests go over new connections from then on;
/// what was begun on the old ones, such as a watch, may finish there.
/// </summary>
internal sealed class ApiConnections(ClusterConnection connection, TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private Generation? _current;
    private bool _isDisposed;

    /// <summary>Sends a request; gives the answer once its headers are there.</summary>
    /// <param name="material">What new connections are made with.</param>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, TlsMaterial material, CancellationToken token)
    {
        var generation = Enter(material);
        try
        {
            return await generation.Http.SendAsync(message, token);
        }
        catch (HttpRequestException failure)
        {
            throw generation.Connector.Explain(failure);
        }
        finally
        {
            Leave(generation);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _current?.Http.Dispose();
        }
    }

    private Generation Enter(TlsMaterial material)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_current is null || _current.Material != material)
            {
                _current?.Retire();
                var connector = new ApiConnector(connection, material, Dialer.OfThisMachine(time), time);
                _current = new Generation(material, connector, new HttpMessageInvoker(ApiHandler.Create(connection, connector)));
            }

            _current.Requests++;
            return _current;
        }
    }

    private void Leave(Generation generation)
    {
        lock (_lock)
        {
            generation.Requests--;
            if (generation != _current)
            {
                generation.Retire();
            }
        }
    }

    private sealed class Generation(TlsMaterial material, ApiConnector connector, HttpMessageInvoker http)
    {
        public ApiConnector Connector => connector;

        public TlsMaterial Material => material;

        public HttpMessageInvoker Http => http;

        /// <summary>Requests whose headers are not there yet.</summary>
        public int Requests { get; set; }

        /// <summary>Ends it with its last request; answers that are still being read keep their connections.</summary>
        public void Retire()
        {
            if (Requests == 0)
            {
                http.Dispose();
            }
        }
    }
}
