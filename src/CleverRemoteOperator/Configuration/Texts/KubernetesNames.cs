namespace CleverRemoteOperator.Configuration.Texts;

/// <summary>The names Kubernetes allows (RFC 1123). Everything that becomes part of a path passes here first.</summary>
internal static class KubernetesNames
{
    /// <summary>Most characters an object's name may have.</summary>
    public const int MaxLength = 253;

    /// <summary>A DNS label, such as the name of a namespace or a cluster: 1 to 63 lower-case letters, digits and dashes, a letter or digit at both ends.</summary>
    public static bool IsLabel(ReadOnlySpan<char> value)
    {
        if (value.Length is 0 or > 63 || value[0] == '-' || value[^1] == '-')
        {
            return false;
        }

        foreach (var character in value)
        {
            if (!char.IsAsciiLetterLower(character) && !char.IsAsciiDigit(character) && character != '-')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A uid as API servers make them: a UUID of 32 hexadecimal digits in five groups.</summary>
    public static bool IsUid(ReadOnlySpan<char> value)
    {
        if (value.Length != 36)
        {
            return false;
        }

        for (var i = 0; i < value.Length; i++)
        {
            if (i is 8 or 13 or 18 or 23 ? value[i] != '-' : !char.IsAsciiHexDigit(value[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Name of an object, group or version: labels of any length joined by dots, at most 253 characters.</summary>
    public static bool IsSubdomain(ReadOnlySpan<char> value)
    {
        if (value.Length is 0 or > MaxLength)
        {
            return false;
        }

        var afterBoundary = true;
        foreach (var character in value)
        {
            var isLetterOrDigit = char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character);
            if (!isLetterOrDigit && (character is not ('-' or '.') || (character == '.' && afterBoundary)))
            {
                return false;
            }

            if (afterBoundary && !isLetterOrDigit)
            {
                return false;
            }

            afterBoundary = character == '.';
        }

        return char.IsAsciiLetterLower(value[^1]) || char.IsAsciiDigit(value[^1]);
    }
}
