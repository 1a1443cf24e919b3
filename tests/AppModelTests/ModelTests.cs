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
    public void A_name_that_breaks_the_rules_is_refused(string name) => Assert.Throws<ArgumentException>(() => Sample.NewBuilder().AddScript(name, ""));

    [Fact]
    public void A_name_is_taken_whatever_its_case()
    {
        var builder = Sample.NewBuilder();
        builder.AddScript("api", "");

        Assert.Throws<DistributedApplicationException>(() => builder.AddScript("API", ""));
    }

    [Fact]
    public async Task An_expression_keeps_braces_escapes_on_request_and_names_itself()
    {
        var builder = Sample.NewBuilder();
        var value = builder.AddParameter("value", "a b");

        var expression = ReferenceExpression.Create($"{{{value}}}/{value:uri}/{"literal"}");

        Assert.Equal("{a b}/a%20b/literal", await expression.GetValueAsync(Limit.Token));
        Assert.Equal("{{value.value}}/{value.value}/literal", expression.ValueExpression);
        Assert.Null(await ReferenceExpression.Empty.GetValueAsync(Limit.Token));
    }

    [Fact]
    public async Task An_expression_can_be_built_piece_by_piece()
    {
        var builder = Sample.NewBuilder();
        var value = builder.AddParameter("value", "1");
        var pieces = new ReferenceExpressionBuilder();
        Assert.True(pieces.IsEmpty);

        pieces.AppendLiteral("a=");
        pieces.AppendFormatted(value.Resource);
        pieces.Append($";b={value}");

        Assert.Equal("a=1;b=1", await pieces.Build().GetValueAsync(Limit.Token));
    }

    [Fact]
    public void An_endpoint_names_its_parts_before_it_has_them()
    {
        var endpoint = Sample.NewBuilder().AddServer("server").GetEndpoint("http");

        Assert.Equal("{server.bindings.http.url}", ((IManifestExpressionProvider)endpoint).ValueExpression);
        Assert.Equal("{server.bindings.http.targetPort}", endpoint.Property(EndpointProperty.TargetPort).ValueExpression);
        Assert.Throws<InvalidOperationException>(() => endpoint.Url);
    }

    [Fact]
    public void An_annotation_can_replace_those_before_it()
    {
        var server = Sample.NewBuilder().AddServer("server").WithIconName("Server").WithIconName("Database");

        Assert.Equal("Database", Assert.Single(server.Resource.Annotations.OfType<ResourceIconAnnotation>()).IconName);
    }

    [Fact]
    public void A_Vite_app_runs_its_script_and_installs_its_packages_first()
    {
        var builder = Sample.NewBuilder();
        var app = builder.AddViteApp("front", "front");

        var installer = Assert.Single(builder.Resources, r => r.Name == "front-installer");
        Assert.Contains(app.Resource.Annotations.OfType<WaitAnnotation>(), w => w.Resource == installer && w.WaitType == WaitType.WaitForCompletion);
        Assert.Equal("http", Assert.Single(app.Resource.Annotations.OfType<EndpointAnnotation>()).Name);
        Assert.Equal(Path.Combine(builder.AppHostDirectory, "front"), app.Resource.WorkingDirectory);

        app.WithNpm(install: false);
        Assert.DoesNotContain(app.Resource.Annotations.OfType<WaitAnnotation>(), w => w.Resource == installer);
        Assert.Contains(installer.Annotations, a => a is ExplicitStartupAnnotation);
    }

    [Fact]
    public void A_parameter_is_not_secret_and_public_at_once() =>
        Assert.Throws<ArgumentException>(() => Sample.NewBuilder().AddParameter("value", "1", publishValueAsDefault: true, secret: true));

    [Fact]
    public void A_generated_value_is_as_long_as_asked_for_of_what_was_asked_for()
    {
        var value = new GenerateParameterDefault { MinLength = 12, Special = false, Upper = false, MinNumeric = 3 }.GetDefaultValue();

        Assert.Equal(12, value.Length);
        Assert.True(value.Count(char.IsAsciiDigit) >= 3);
        Assert.All(value, c => Assert.True(char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)));
    }
}
