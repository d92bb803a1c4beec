namespace CleverRemoteOperator.Sandbox.KubernetesApi.Protobuf;

/// <summary>Walks over the fields of one protobuf message.</summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _left = bytes;

    /// <summary>Whether the bytes ended, or went on, where no field does.</summary>
    public bool Broken { get; private set; }

    /// <summary>Reads the next field: its number, and its integer or its bytes.</summary>
    public bool Next(out int number, out ulong integer, out ReadOnlySpan<byte> content)
    {
        number = 0;
        integer = 0;
        content = [];
        if (_left.IsEmpty || Broken)
        {
            return false;
        }

        var tag = Varint();
        number = (int)(tag >> 3);
        switch (tag & 7)
        {
            case 0:
                integer = Varint();
                break;
            case 1:
                content = Take(8);
                break;
            case 2:
                content = Take(Varint());
                break;
            case 5:
                content = Take(4);
                break;
            default:
                Broken = true;
                break;
        }

        return !Broken;
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)_left.Length)
        {
            Broken = true;
            return [];
        }

        var taken = _left[..(int)length];
        _left = _left[(int)length..];
        return taken;
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (_left.IsEmpty)
            {
                break;
            }

            var next = _left[0];
            _left = _left[1..];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        Broken = true;
        return 0;
    }
}
