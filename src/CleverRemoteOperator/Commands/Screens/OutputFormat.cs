namespace CleverRemoteOperator.Commands.Screens;

/// <summary>How a command shows what it found.</summary>
internal enum OutputFormat
{
    /// <summary>For people: the columns most ask for.</summary>
    Table,

    /// <summary>For people: every column.</summary>
    Wide,

    /// <summary>For programs.</summary>
    Json,

    /// <summary>The same as JSON, as YAML.</summary>
    Yaml,
}
