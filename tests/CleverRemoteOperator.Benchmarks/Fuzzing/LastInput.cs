using System.Text;
using CleverRemoteOperator.Tests.Hostile;

namespace CleverRemoteOperator.Benchmarks.Fuzzing;

/// <summary>
/// The input a reader is at, in a file: a stack that overflows, or memory that runs out, ends the process before it can say on which.
/// A reader that does not come back within a minute ends it as well. The file is gone after a run that ended by itself.
/// </summary>
internal sealed class LastInput : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _time;
    private readonly string _path;
    private readonly FileStream _file;
    private readonly ITimer _watch;
    private long _since;

    public LastInput(string folder, TimeProvider time)
    {
        _time = time;
        _path = Path.Combine(Directory.CreateDirectory(folder).FullName, "last-input");
        _file = new FileStream(_path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        _watch = time.CreateTimer(_ => Watch(), null, Period, Period);
    }

    public void Begins(Reader reader, byte[] input)
    {
        _file.SetLength(0);
        _file.Write([.. Encoding.UTF8.GetBytes(reader.Name + "\n"), .. input]);
        Interlocked.Exchange(ref _since, _time.GetTimestamp());
    }

    public void Ended() => Interlocked.Exchange(ref _since, 0);

    public void Dispose()
    {
        _watch.Dispose();
        _file.Dispose();
        File.Delete(_path);
    }

    private void Watch()
    {
        if (Interlocked.Read(ref _since) is not 0 and var since && _time.GetElapsedTime(since) > Longest)
        {
            Environment.FailFast($"A reader did not come back within {Longest.TotalSeconds} s; its name and input are in {_path}.");
        }
    }
}
