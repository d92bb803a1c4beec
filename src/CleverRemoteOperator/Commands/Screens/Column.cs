using Spectre.Console;

namespace CleverRemoteOperator.Commands.Screens;

/// <summary>A column of a table.</summary>
/// <param name="Importance">Where there is no room for all, the least important ones go first.</param>
/// <param name="Text">What stands in it, fit for a terminal.</param>
/// <param name="Colour">Its colour; null for none.</param>
internal sealed record Column<T>(string Header, int Importance, Func<T, string> Text, Func<T, Color?>? Colour = null);
