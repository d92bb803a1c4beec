using CleverRemoteOperator.Commands.Rbac;
using k8s;
using k8s.Models;

namespace CleverRemoteOperator.Tests.Kubernetes;

public sealed class DeploymentManifestTests
{
    [Theory]
    [InlineData("rbac/cluster-wide.yaml")]
    [InlineData("rbac/namespace.yaml")]
    [InlineData("kubernetes/10-rbac.yaml")]
    [InlineData("kubernetes/20-configuration.yaml")]
    [InlineData("kubernetes/30-deployment.yaml")]
    public void Every_document_has_only_fields_its_type_knows(string file)
    {
        Assert.All(Load(file), document => Assert.StartsWith("k8s.Models.V1", document.GetType().FullName));
    }

    [Fact]
    public void The_pod_runs_without_any_privilege_and_with_the_identity_the_roles_are_bound_to()
    {
        var pod = Deployment().Spec.Template.Spec;
        var container = Assert.Single(pod.Containers);

        Assert.Equal(20000, pod.SecurityContext.RunAsUser);
        Assert.Equal(25000, pod.SecurityContext.RunAsGroup);
        Assert.True(pod.SecurityContext.RunAsNonRoot);
        Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
        Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
        Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
        Assert.Equal(RbacManifest.Name, pod.ServiceAccountName);
    }

    [Fact]
    public void The_pod_mounts_the_configuration_beside_it_and_is_probed_where_that_listens()
    {
        var configuration = Assert.Single(Load("kubernetes/20-configuration.yaml").OfType<V1ConfigMap>());
        var deployment = Deployment();
        var pod = deployment.Spec.Template.Spec;
        var container = Assert.Single(pod.Containers);

        Assert.Equal(configuration.Metadata.Name, Assert.Single(pod.Volumes).ConfigMap.Name);
        Assert.Equal("/etc/clever-kubernetes-operator", Assert.Single(container.VolumeMounts).MountPath);
        Assert.All([configuration.Metadata.NamespaceProperty, deployment.Metadata.NamespaceProperty], name => Assert.Equal(RbacManifest.SystemNamespace, name));
        Assert.Contains($"lease-namespace = \"{RbacManifest.SystemNamespace}\"", configuration.Data["config.toml"]);
        Assert.All(container.Ports, port => Assert.Contains($"listen = \"0.0.0.0:{port.ContainerPort}\"", configuration.Data["config.toml"]));
        Assert.Equal(deployment.Spec.Selector.MatchLabels, deployment.Spec.Template.Metadata.Labels);
    }

    private static V1Deployment Deployment() => Assert.Single(Load("kubernetes/30-deployment.yaml").OfType<V1Deployment>());

    private static List<object> Load(string file) =>
        KubernetesYaml.LoadAllFromString(File.ReadAllText(RepositoryFiles.Path("deployments", file)), strict: true);
}
