namespace Cruddur.AppModelTests;

/// <summary>The app model before anything runs.</summary>
public sealed class ModelTests
{
    [Theory]
    [InlineData("1st")]
    [InlineData("under_score")]
    [InlineData("two--hyphens")]
    [InlineData("trailing-")]
    [InlineData("")]
    [InlineData("a-name-that-goes-on-and-on-and-on-until-it-is-longer-than-64-characters")]
    public void An_invalid_name_is_refused(string name) =>
        Assert.Throws<ArgumentException>(() => Sample.NewBuilder().AddScript(name, ""));

    [Fact]
    public void A_name_is_unique_whatever_its_case()
    {
        var builder = Sample.NewBuilder();
        builder.AddScript("api", "");

        Assert.Throws<DistributedApplicationException>(() => builder.AddScript("API", ""));
    }

    [Fact]
    public async Task An_expression_keeps_braces()
    {
        var builder = Sample.NewBuilder();
        var value = builder.AddParameter("value", "a b");

        Assert.Equal("{a b}/literal", await ReferenceExpression.Create($"{{{value}}}/{"literal"}").GetValueAsync(Limit.Token));
    }

    [Fact]
    public void The_annotations_of_a_resource_can_change_while_they_are_read()
    {
        var resource = Sample.NewBuilder().AddScript("web", "").Resource;

        foreach (var annotation in resource.Annotations)
        {
            resource.Annotations.Remove(annotation);
            resource.Annotations.Add(annotation);
        }

        Assert.NotEmpty(resource.Annotations);
    }

    [Fact]
    public void A_Vite_app_runs_its_script_and_installs_its_packages_first()
    {
        var builder = Sample.NewBuilder();
        var app = builder.AddViteApp("front", "front");

        var installer = Assert.Single(builder.Resources, r => r.Name == "front-installer");
        var waits = app.Resource.Annotations.OfType<WaitAnnotation>();
        Assert.Contains(waits, w => w.Resource == installer && w.WaitType == WaitType.WaitForCompletion);
        Assert.Equal("http", Assert.Single(app.Resource.Annotations.OfType<EndpointAnnotation>()).Name);
        Assert.Equal(Path.Combine(builder.AppHostDirectory, "front"), app.Resource.WorkingDirectory);

        app.WithNpm(install: false);
        Assert.DoesNotContain(app.Resource.Annotations.OfType<WaitAnnotation>(), w => w.Resource == installer);
        Assert.Contains(installer.Annotations, a => a is ExplicitStartupAnnotation);
    }

    [Fact]
    public void A_parameter_cannot_be_secret_and_published() =>
        Assert.Throws<ArgumentException>(() => Sample.NewBuilder().AddParameter("value", "1", publishValueAsDefault: true, secret: true));
}
