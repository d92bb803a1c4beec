using CleverRemoteOperator.Benchmarks.Bed;
using CleverRemoteOperator.Tests.Hostile;

namespace CleverRemoteOperator.Benchmarks.Fuzzing;

/// <summary>Runs the readers in turn on damaged inputs, on one thread. What went another way than all before is kept, and damaged further.</summary>
internal sealed class FuzzRun(FuzzOptions options, TimeProvider time, TextWriter output)
{
    private const int TriesForCorpus = 60;
    private const int TriesForMistake = 400;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Told = TimeSpan.FromMinutes(1);

    private readonly Dice _dice = new(options.Seed);
    private readonly HashSet<string> _mistakes = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<byte[]> _common = FuzzSeeds.Common();
    private long _runs;
    private int _kept;

    /// <summary>Gives the exit code.</summary>
    public int Run()
    {
        output.WriteLine($"fuzz: {options.Duration.TotalMinutes} min, seed {options.Seed}, corpus {options.Corpus}, found {options.Found}");
        using var last = new LastInput(options.Found, time);
        var mutator = new Mutator(_dice);
        Corpus[] all = [.. Readers.All.Values.Where(reader => options.Readers.Count == 0 || options.Readers.Contains(reader.Name)).Select(reader => Begin(reader, last))];
        var (start, told) = (time.GetTimestamp(), time.GetTimestamp());
        for (var next = 0; time.GetElapsedTime(start) < options.Duration; next++)
        {
            var corpus = all[next % all.Length];
            for (var turn = time.GetTimestamp(); time.GetElapsedTime(turn) < Turn && time.GetElapsedTime(start) < options.Duration;)
            {
                var from = corpus.Inputs.Count > 0 && !_dice.Percent(10) ? _dice.Pick(corpus.Inputs) : _dice.Pick(_common);
                var other = _dice.Percent(30) ? _dice.Pick(_common) : _dice.Pick(_dice.Pick(all).Inputs);
                Try(corpus, mutator.Mutate(from, other), last, isNew: true);
            }

            if (time.GetElapsedTime(told) >= Told)
            {
                told = time.GetTimestamp();
                output.WriteLine($"{time.GetElapsedTime(start).TotalMinutes:0} min: {_runs} inputs, {_kept} kept, {_mistakes.Count} mistakes");
            }
        }

        output.WriteLine($"{_runs} inputs, {_kept} new ones kept, {_mistakes.Count} mistakes");
        output.WriteLine(string.Join('\n', all.Select(corpus => $"  {corpus.Reader}: {corpus.Inputs.Count} ways")));
        return _mistakes.Count == 0 ? 0 : 1;
    }

    private Corpus Begin(Reader reader, LastInput last)
    {
        var corpus = new Corpus(reader);
        foreach (var seed in FuzzSeeds.Of(reader, options.Corpus))
        {
            Try(corpus, seed, last, isNew: false);
        }

        foreach (var seed in _common)
        {
            Try(corpus, seed, last, isNew: true);
        }

        return corpus;
    }

    private void Try(Corpus corpus, byte[] input, LastInput last, bool isNew)
    {
        if (Broken(corpus.Reader, input, last, out var reading) is { } broken)
        {
            Tell(corpus.Reader, input, broken, last);
        }
        else if (Outcome.Of(reading!, input) is var outcome && !corpus.Knows(outcome))
        {
            var least = isNew
                ? Smaller.Of(input, less => Broken(corpus.Reader, less, last, out var other) is null && Outcome.Of(other!, less) == outcome, TriesForCorpus)
                : input;
            corpus.Add(least, outcome);
            if (isNew)
            {
                _kept++;
                Corpus.Write(Path.Combine(options.Found, "corpus"), corpus.Reader.Name, least);
            }
        }
    }

    private void Tell(Reader reader, byte[] input, string broken, LastInput last)
    {
        var kind = Outcome.OfMistake(broken);
        if (!_mistakes.Add($"{reader}: {kind}"))
        {
            return;
        }

        var least = Smaller.Of(input, less => Broken(reader, less, last, out _) is { } same && Outcome.OfMistake(same) == kind, TriesForMistake);
        output.WriteLine($"MISTAKE: {reader} {broken}\n  {Corpus.Write(Path.Combine(options.Found, "mistakes"), reader.Name, least)}");
    }

    // A machine that is busy may take its time once, a reader that is slow takes it every time.
    private string? Broken(Reader reader, byte[] input, LastInput last, out Reading? reading)
    {
        string? broken = null;
        reading = null;
        for (var tries = 3; tries > 0; tries--)
        {
            _runs++;
            last.Begins(reader, input);
            broken = ReaderPromise.Broken(reader, input, Limit, out reading);
            last.Ended();
            if (broken?.StartsWith("takes", StringComparison.Ordinal) is not true)
            {
                break;
            }
        }

        return broken;
    }
}
