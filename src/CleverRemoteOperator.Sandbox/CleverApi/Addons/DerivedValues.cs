using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CleverRemoteOperator.Sandbox.CleverApi.Addons;

/// <summary>Values that look random and are always the same for the same seed and name.</summary>
internal static class DerivedValues
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const int TextLength = 20;
    private const int LetterCount = 26;

    /// <summary>Twenty lower-case letters and digits, a letter first.</summary>
    public static string Text(string seed, string name)
    {
        var bytes = Hash(seed, name);
        return string.Create(TextLength, bytes, static (span, bytes) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = Letters[bytes[i] % (i == 0 ? LetterCount : Letters.Length)];
            }
        });
    }

    /// <summary>A port from 2000 to 11999.</summary>
    public static int Port(string seed, string name) => 2000 + (BitConverter.ToUInt16(Hash(seed, name)) % 10000);

    /// <summary>A UUID marked as version 4.</summary>
    public static string Uuid(string seed, string name) => AsUuid(Hash(seed, name).AsSpan(0, 16));

    /// <summary>Sixteen bytes as a UUID marked as version 4.</summary>
    public static string AsUuid(Span<byte> bytes)
    {
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D", CultureInfo.InvariantCulture);
    }

    private static byte[] Hash(string seed, string name) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(seed), Encoding.UTF8.GetBytes(name));
}
