using System.Text.Json;
using CleverRemoteOperator.Sandbox.CleverApi.Products;

namespace CleverRemoteOperator.Sandbox.CleverApi.State;

/// <summary>The state in one JSON file, written beside it and renamed, so that it is always whole.</summary>
internal sealed class StateFile(string path, ProductCatalogue catalogue)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The saved state, empty when there is no file yet.</summary>
    /// <exception cref="StateFileException">The file is there and cannot be used; it is left as it is.</exception>
    public StateData Read()
    {
        try
        {
            if (File.Exists(path))
            {
                return Check(JsonSerializer.Deserialize<StateData>(File.ReadAllBytes(path), JsonText.Strict));
            }

            return Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))) ? StateData.Empty
                : throw new StateFileException($"State file {path} cannot be written: its folder does not exist; create it or name another.");
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

    /// <summary>Every entry must be one, and every add-on one the catalogue sells, or requests about it would fail later.</summary>
    private StateData Check(StateData? data)
    {
        var isWhole = data is not null
            && !data.Migrations.ContainsValue(null!)
            && !data.Clusters.ContainsValue(null!)
            && !data.Webhooks.ContainsValue(null!)
            && data.Addons.Values.All(addon => addon is not null && catalogue.SeenBy(addon.OwnerId).Find(addon.ProviderId)?.FindPlan(addon.PlanId) is not null);
        return isWhole ? data!
            : throw new StateFileException($"State file {path} is no state of this sandbox, or of another version of it; repair it, remove it or name another.");
    }

    private static string FirstLine(string text) => text.Split('\n')[0].TrimEnd();
}
