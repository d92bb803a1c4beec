using System.Buffers;
using System.Text;

namespace CleverRemoteOperator.Sandbox.KubernetesApi.Protobuf;

/// <summary>Writes the fields of one protobuf message.</summary>
internal sealed class ProtobufWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public ReadOnlyMemory<byte> Bytes => _bytes.WrittenMemory;

    /// <summary>Writes a text; nothing for null.</summary>
    public void Text(int number, string? text)
    {
        if (text is not null)
        {
            Write(number, Encoding.UTF8.GetBytes(text));
        }
    }

    public void Flag(int number, bool flag)
    {
        Varint((ulong)number << 3);
        Varint(flag ? 1UL : 0);
    }

    /// <summary>Writes a message in this one.</summary>
    public void Message(int number, Action<ProtobufWriter> fill)
    {
        ProtobufWriter inner = new();
        fill(inner);
        Write(number, inner.Bytes.Span);
    }

    private void Write(int number, ReadOnlySpan<byte> content)
    {
        Varint(((ulong)number << 3) | 2);
        Varint((ulong)content.Length);
        _bytes.Write(content);
    }

    private void Varint(ulong value)
    {
        do
        {
            var rest = value >> 7;
            _bytes.Write([(byte)((value & 0x7f) | (rest == 0 ? 0UL : 0x80))]);
            value = rest;
        }
        while (value != 0);
    }
}
