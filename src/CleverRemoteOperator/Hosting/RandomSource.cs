using System.Security.Cryptography;

namespace CleverRemoteOperator.Hosting;

/// <summary>The process's one source of random numbers; everything else gets it injected.</summary>
internal static class RandomSource
{
    private const int Steps = 1 << 30;

    /// <summary>A number from 0 to below 1.</summary>
    public static double Next() => (double)RandomNumberGenerator.GetInt32(Steps) / Steps;
}
