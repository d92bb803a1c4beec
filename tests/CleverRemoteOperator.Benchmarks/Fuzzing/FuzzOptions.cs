namespace CleverRemoteOperator.Benchmarks.Fuzzing;

/// <summary>What the fuzzer does.</summary>
/// <param name="Duration">Of all readers together.</param>
/// <param name="Corpus">Folder with one folder of inputs for each reader.</param>
/// <param name="Found">Folder for what is found: <c>corpus</c> and <c>mistakes</c>, a folder for each reader in both.</param>
/// <param name="Readers">Only these; empty for all.</param>
internal sealed record FuzzOptions(TimeSpan Duration, int Seed, string Corpus, string Found, IReadOnlyList<string> Readers);
