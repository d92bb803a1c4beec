using System.Buffers.Text;
using System.Text;

namespace CleverRemoteOperator.Configuration.Sources;

/// <summary>Text that may have been put into base64 on its way.</summary>
internal static class Base64Text
{
    private const char ByteOrderMark = '\uFEFF';

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Takes base64 off, at most <paramref name="times"/> times; what is no base64 of text stays as it is. A byte order mark in front goes.</summary>
    public static string Unwrap(string text, int times)
    {
        text = text.TrimStart(ByteOrderMark);
        for (; times > 0 && text.Length > 0 && Base64.IsValid(text); times--)
        {
            try
            {
                text = Strict.GetString(Convert.FromBase64String(text)).TrimStart(ByteOrderMark);
            }
            catch (DecoderFallbackException)
            {
                return text;
            }
        }
        return text;
    }
}
