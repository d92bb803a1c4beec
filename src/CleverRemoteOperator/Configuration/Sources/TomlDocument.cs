using Tomlyn.Model;
using Tomlyn.Serialization;

namespace CleverRemoteOperator.Configuration.Sources;

/// <summary>Reads and writes TOML documents as tables, without reflection.</summary>
[TomlSerializable(typeof(TomlTable))]
internal sealed partial class TomlDocument : TomlSerializerContext;
