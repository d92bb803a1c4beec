using System.Security.Cryptography.X509Certificates;

namespace CleverRemoteOperator.Kubernetes;

/// <summary>What connections are made with at one moment.</summary>
/// <param name="Authorities">Who may sign the server's certificate; empty for the machine's own list.</param>
/// <param name="Certificate">Ours; null for none.</param>
internal sealed record TlsMaterial(X509Certificate2Collection Authorities, ClientCertificate? Certificate);
