using System.Diagnostics;

namespace CleverRemoteOperator.IntegrationTests.CleverTools;

/// <summary>The real clever-tools and its JavaScript client.</summary>
public sealed class CleverToolsPackages() : NodePackages("clever-tools@4.11.0", "@clevercloud/client@12.0.0");

/// <summary>Packages from the npm registry, installed once into the user's cache folder.</summary>
/// <param name="packages">Each as <c>name@version</c>, the one the folder is named after first.</param>
public abstract class NodePackages(params string[] packages) : IAsyncLifetime
{
    private static readonly TimeSpan InstallTimeout = TimeSpan.FromMinutes(3);

    /// <summary>The folder that holds <c>node_modules</c>; empty when nothing could be installed.</summary>
    public string Folder { get; private set; } = "";

    /// <summary>Why the tests cannot run, or null.</summary>
    public string? MissingBecause { get; private set; }

    /// <summary>Why they cannot be used on this machine, whatever npm says, or null.</summary>
    protected virtual string? UnsupportedBecause => null;

    public async ValueTask InitializeAsync()
    {
        if ((MissingBecause = UnsupportedBecause) is not null)
        {
            return;
        }

        var cache = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        var root = Path.Combine(Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } set ? set : Path.Combine(cache, ".cache"), "clever-remote-operator");
        var folder = Path.Combine(root, string.Join('-', packages.Select((package, index) => index == 0 ? Plain(package) : package[(package.LastIndexOf('@') + 1)..])));
        if (!Directory.Exists(folder))
        {
            MissingBecause = await InstallAsync(root, folder);
        }

        Folder = MissingBecause is null ? folder : "";
    }

    /// <summary>Readies a folder in which the packages were just installed.</summary>
    protected virtual void Complete(string folder)
    {
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private static string Plain(string package) => package.Trim('@').Replace('@', '-').Replace('/', '-');

    /// <summary>Installs beside the final folder and renames, so that a folder of that name is always complete.</summary>
    private async Task<string?> InstallAsync(string root, string folder)
    {
        var temporary = Path.Combine(root, Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(temporary);
        try
        {
            await File.WriteAllTextAsync(Path.Combine(temporary, "package.json"), """{"private":true,"type":"module"}""");
            var npm = new ProcessStartInfo("npm", ["install", "--no-audit", "--no-fund", "--no-save", "--omit=peer", .. packages]) { WorkingDirectory = temporary };
            var result = await Finished.RunAsync(npm, InstallTimeout);
            if (result.ExitCode != 0)
            {
                return $"npm could not install {packages[0]}: {result.Error.Split('\n').FirstOrDefault(line => line.Contains("ERR", StringComparison.OrdinalIgnoreCase))}";
            }

            Complete(temporary);
            MoveUnlessThere(temporary, folder);
            return null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "npm is not installed; Node.js 20 or newer with npm runs these tests.";
        }
        catch (TimeoutException)
        {
            return $"npm did not install {packages[0]} within {InstallTimeout}.";
        }
        finally
        {
            if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }
        }
    }

    /// <summary>Another run may have been faster; its folder is as good.</summary>
    private static void MoveUnlessThere(string temporary, string folder)
    {
        try
        {
            Directory.Move(temporary, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
        }
    }
}
