using System.CommandLine;
using CleverRemoteOperator.Commands;

namespace CleverRemoteOperator.Tests.Commands;

public sealed class CustomResourceDefinitionCommandTests
{
    [Theory]
    [InlineData("custom-resource-definition view PostgreSQL")]
    [InlineData("crd v postgresqls")]
    [InlineData("crd view PG --names PRODUCT")]
    public void Shows_one_kind_by_any_of_its_names(string line)
    {
        var (code, output, error) = Run(line);
        Assert.Equal((0, ""), (code, error));
        Assert.StartsWith("---\napiVersion: apiextensions.k8s.io/v1\n", output);
        Assert.Contains("    kind: PostgreSQL\n", output);
        Assert.Equal(1, Documents(output));
    }

    [Theory]
    [InlineData("crd view", 17)]
    [InlineData("crd view redis", 2)]
    public void Shows_every_definition_of_what_is_asked_for(string line, int documents) => Assert.Equal(documents, Documents(Run(line).Output));

    [Fact]
    public void Shows_the_reference_operator_s_names_on_demand() =>
        Assert.Contains("    kind: PostgreSql\n", Run("crd view pg --names reference").Output);

    [Theory]
    [InlineData("crd view Foo", "error: kind: \"Foo\" is not allowed; allowed: Azimutt, Cellar, ")]
    [InlineData("crd view --names other", "error: option --names: \"other\" is not allowed; allowed: product, reference")]
    [InlineData("crd view --output /dev/null/x", "error: option --output: /dev/null/x: ")]
    public void Bad_input_gets_one_clear_line_and_exit_code_2(string line, string start)
    {
        var (code, output, error) = Run(line);
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith(start, error);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public void Writes_one_file_a_definition()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            Assert.Equal((0, "", ""), Run($"crd view redis --output {folder.FullName}/new"));
            Assert.Equal(
                ["redis.api.clever-cloud.com.yaml", "redis.clever-cloud.com.yaml"],
                Directory.GetFiles(Path.Combine(folder.FullName, "new")).Select(Path.GetFileName).Order());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Lists_the_kinds() => Assert.Contains("| `KV` | Materia KV", Run("crd list").Output);

    private static int Documents(string yaml) => yaml.Split('\n').Count(line => line == "---");

    private static (int Code, string Output, string Error) Run(string line)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        var root = new RootCommand { CustomResourceDefinitionCommand.Create() };
        var code = root.Parse(line).Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
