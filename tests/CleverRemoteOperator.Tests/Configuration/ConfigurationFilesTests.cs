using CleverRemoteOperator.Configuration.Sources;

namespace CleverRemoteOperator.Tests.Configuration;

public sealed class ConfigurationFilesTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void All_usual_files_are_merged_and_a_later_one_wins_key_by_key()
    {
        _folder.WithCluster();
        _folder.Write("usr/share/clever-kubernetes-operator/config.toml", "[operator]\nworkers = 1\nmax-workers = 1\nresync = \"1m\"\nlisten = \":1\"\n");
        _folder.Write("etc/clever-kubernetes-operator/config.yaml", "operator:\n  max-workers: 2\n  resync: 2m\n  listen: ':2'\n");
        _folder.Write("home/.config/clever-kubernetes-operator/config.json", """{"operator": {"resync": "3m", "listen": ":3"}}""");
        _folder.Write("work/config.toml", "[operator]\nlisten = \":4\"\n");

        var options = _folder.Configuration().Operator;

        Assert.Equal((1, 2, TimeSpan.FromMinutes(3), 4), (options.MaxConcurrentReconciles, options.MaxConcurrentReconcilesInProcess, options.Resync, options.Listen.Port));
    }

    [Fact]
    public void Our_own_name_comes_after_the_reference_operators_in_the_same_place()
    {
        _folder.WithCluster();
        _folder.Write("etc/clever-remote-operator/config.toml", "[operator]\nworkers = 2\n");
        _folder.Write("etc/clever-kubernetes-operator/config.toml", "[operator]\nworkers = 1\n");

        Assert.Equal(2, _folder.Configuration().Operator.MaxConcurrentReconciles);
    }

    [Fact]
    public void A_file_named_on_the_command_line_is_the_only_one_read()
    {
        _folder.WithCluster();
        _folder.Write("work/config.toml", "[operator]\nworkers = 1\n");
        _folder.Write("work/other.toml", "[operator]\nmax-workers = 5\n");

        var options = _folder.Configuration(new() { ConfigPath = "other.toml" }).Operator;

        Assert.Equal((8, 5), (options.MaxConcurrentReconciles, options.MaxConcurrentReconcilesInProcess));
    }

    [Theory]
    [InlineData("# toml\n[operator]\nworkers = 3\n")]
    [InlineData("operator.workers = 3")]
    [InlineData("---\noperator:\n  workers: 3\n")]
    [InlineData("""{"operator": {"workers": 3}}""")]
    public void A_file_of_unknown_ending_is_recognised(string text)
    {
        _folder.WithCluster();
        _folder.Write("work/settings", text);

        Assert.Equal(3, _folder.Configuration(new() { ConfigPath = "settings" }).Operator.MaxConcurrentReconciles);
    }

    [Fact]
    public void A_missing_file_of_the_command_line_is_a_mistake()
    {
        _folder.WithCluster();

        Assert.Equal("/work/none.toml: the configuration file does not exist", _folder.OnlyMistake(new() { ConfigPath = "none.toml" }));
    }

    [Theory]
    [InlineData("config.toml", "[api]\ntoken = hidden-word\n", "/work/config.toml: line 2, column 9: invalid TOML: put strings in quotes and use each key once")]
    [InlineData("config.toml", "[api]\ntoken = 'hidden-word'\ntoken = 'hidden-word'\n", "/work/config.toml: line 3, column 1: invalid TOML: put strings in quotes and use each key once")]
    [InlineData("config.yaml", "api:\n  token: &a hidden-word\n  secret: *a\n", "/work/config.yaml: line 3, column 11: YAML aliases are not allowed")]
    [InlineData("config.yaml", "api:\n  token: a\n  token: b\n", "/work/config.yaml: line 3, column 3: duplicate key")]
    [InlineData("config.yaml", "- hidden-word\n", "/work/config.yaml: line 1, column 1: the top level must be a map")]
    [InlineData("config.yaml", "api: [hidden-word\n", "/work/config.yaml: line 2, column 1: invalid YAML")]
    [InlineData("config.json", "{\n  hidden-word\n}", "/work/config.json: line 2, column 3: invalid JSON, or a duplicate key")]
    public void A_broken_file_is_one_line_with_its_place_and_none_of_its_text(string name, string text, string expected)
    {
        _folder.WithCluster();
        _folder.Write($"work/{name}", text);

        Assert.Equal(expected, _folder.OnlyMistake());
    }

    [Fact]
    public void A_file_that_is_too_large_or_no_text_is_refused()
    {
        _folder.WithCluster();
        _folder.Write("work/large.toml", new string('#', DocumentText.FileLimit + 1));
        File.WriteAllBytes(_folder.PathOf("work/bytes.toml"), [0xC3, 0x28]);

        Assert.Equal("/work/large.toml: the configuration file is larger than 1 MiB", _folder.OnlyMistake(new() { ConfigPath = "large.toml" }));
        Assert.Equal("/work/bytes.toml: the configuration file is not UTF-8 text", _folder.OnlyMistake(new() { ConfigPath = "bytes.toml" }));
    }

    [Fact]
    public void Unknown_names_are_mistakes_with_the_nearest_known_one()
    {
        _folder.WithCluster();
        _folder.Write("work/config.toml", "[api]\ntokne = 'x'\n[oprator]\nx = 1\n[operator]\nfar-away = 1\n[[clusters]]\nname = 'a'\nkubeconfg = 'x'\nkubeconfig = 'y'\n");

        var mistakes = _folder.Load().Mistakes.Select(mistake => mistake.ToString()).ToList();

        Assert.Contains(mistakes, mistake => mistake.EndsWith("config.toml: api.tokne: unknown key; did you mean token?", StringComparison.Ordinal));
        Assert.Contains(mistakes, mistake => mistake.EndsWith("config.toml: oprator: unknown section; did you mean operator?", StringComparison.Ordinal));
        Assert.Contains(mistakes, mistake => mistake.Contains("operator.far-away: unknown key; allowed: listen, metrics-listen", StringComparison.Ordinal));
        Assert.Contains(mistakes, mistake => mistake.EndsWith("clusters[0].kubeconfg: unknown key; did you mean kubeconfig?", StringComparison.Ordinal));
        Assert.Equal(4, mistakes.Count);
    }

    [Fact]
    public void Camel_case_and_kebab_case_are_the_same_key()
    {
        _folder.WithCluster();
        _folder.Write("work/config.toml", "[api]\ntoken = 't'\nsecret = 's'\nconsumerKey = 'k'\nconsumer-secret = 'c'\n[operator]\nmetricsListen = ':9'\n");

        var configuration = _folder.Configuration();

        Assert.Equal(("k", "c", 9), (configuration.Api!.ConsumerKey, configuration.Api.ConsumerSecret, configuration.Operator.MetricsListen.Port));
    }

    [Fact]
    public void The_same_key_in_both_cases_is_a_mistake()
    {
        _folder.WithCluster();
        _folder.Write("work/config.toml", "[api]\ntoken = 't'\nsecret = 's'\nconsumerKey = 'k'\nconsumer-key = 'l'\nconsumer-secret = 'c'\n");

        Assert.Equal(
            "/work/config.toml: api.consumer-key: is already set by " + _folder.PathOf("work/config.toml") + ": api.consumerKey; allowed: once",
            Assert.Single(_folder.Load().Mistakes).ToString().Replace(_folder.PathOf("work/config.toml") + ": api.consumer-key", "/work/config.toml: api.consumer-key", StringComparison.Ordinal));
    }

    [Fact]
    public void The_reference_operators_sample_configures_nothing_and_is_no_mistake()
    {
        _folder.WithCluster();
        _folder.Write("work/config.toml", "[api]\ntoken = \"\"\nsecret = \"\"\nconsumer-key = \"\"\nconsumer-secret = \"\"\n[operator]\nlisten = \"0.0.0.0:8000\"\n");

        Assert.Null(_folder.Configuration().Api);
    }

    [Fact]
    public void A_deep_or_huge_document_ends_quickly()
    {
        _folder.WithCluster();
        foreach (var text in new[]
        {
            string.Join('.', Enumerable.Repeat("a", 30_000)) + " = 1",
            "a = " + new string('[', 60_000),
            new string('[', 60_000),
            string.Concat(Enumerable.Repeat("- ", 30_000)) + "a",
            string.Concat(Enumerable.Repeat("{a: ", 15_000)),
            "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n",
        })
        {
            Assert.Throws<DocumentException>(() => DocumentText.Parse(text, DocumentFormat.Toml));
            Assert.Throws<DocumentException>(() => DocumentText.Parse(text, DocumentFormat.Yaml));
            Assert.Throws<DocumentException>(() => DocumentText.Parse(text, DocumentFormat.Json));
        }
    }

    [Fact]
    public void An_escape_the_text_ends_in_is_refused_like_anything_else_that_is_broken() =>
        Assert.Throws<DocumentException>(() => DocumentText.Parse("a = \"\\", DocumentFormat.Toml));

    [Fact]
    public void Any_text_is_read_or_refused_but_never_throws_something_else() =>
        CsCheck.Check.Sample(CsCheck.Gen.String[CsCheck.Gen.Char["ab[]{}=:.-\"'#&*!|>\n\t 1\\,?%@`"], 0, 40], text =>
        {
            foreach (var format in Enum.GetValues<DocumentFormat>())
            {
                try
                {
                    new DocumentSettings("test", path => path).Read(DocumentText.Parse(text, format), ["api", "operator", "clusters"]);
                }
                catch (DocumentException)
                {
                    // Refusing is the other allowed end.
                }
            }
        }, iter: 2_000);
}
