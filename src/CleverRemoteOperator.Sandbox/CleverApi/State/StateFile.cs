using System.Text.Json;

namespace CleverRemoteOperator.Sandbox.CleverApi.State;

/// <summary>The state in one JSON file, written beside it and renamed, so that it is always whole.</summary>
internal sealed class StateFile(string path)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The saved state, empty when there is no file yet.</summary>
    /// <exception cref="StateFileException">The file is there and cannot be used; it is left as it is.</exception>
    public StateData Read()
    {
        try
        {
            if (!File.Exists(path))
            {
                return StateData.Empty;
            }

            var data = JsonSerializer.Deserialize<StateData>(File.ReadAllBytes(path), JsonText.Options);
            return data is { Addons: not null, Migrations: not null, Clusters: not null } ? data
                : throw new StateFileException($"State file {path} is no state of this sandbox; repair it, remove it or name another.");
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new StateFileException($"State file {path} cannot be read: {FirstLine(exception.Message)} Repair it, remove it or name another.", exception);
        }
    }

    /// <exception cref="IOException">The folder is missing, full or not writable.</exception>
    public void Write(StateData data)
    {
        var temporary = path + ".new";
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var stream = new FileStream(temporary, options))
        {
            JsonSerializer.Serialize(stream, data, JsonText.Options);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    private static string FirstLine(string text) => text.Split('\n')[0].TrimEnd();
}
