namespace CleverRemoteOperator.Sandbox.CleverApi.Addons;

/// <summary>New identifiers from the injected random source; callable from any thread.</summary>
internal sealed class Identifiers(Random random, TimeProvider timeProvider)
{
    private const string Crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int UlidLength = 26;
    private const int UlidTimeLength = 10;

    private readonly Lock _lock = new();

    public string Uuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        lock (_lock)
        {
            random.NextBytes(bytes);
        }

        return DerivedValues.AsUuid(bytes);
    }

    /// <summary>Twenty-six characters, the first ten from the time.</summary>
    public string Ulid()
    {
        Span<char> text = stackalloc char[UlidLength];
        var time = timeProvider.GetUtcNow().ToUnixTimeMilliseconds();
        for (var i = UlidTimeLength - 1; i >= 0; i--, time >>= 5)
        {
            text[i] = Crockford[(int)(time & 31)];
        }

        lock (_lock)
        {
            for (var i = UlidTimeLength; i < UlidLength; i++)
            {
                text[i] = Crockford[random.Next(Crockford.Length)];
            }
        }

        return new string(text);
    }
}
