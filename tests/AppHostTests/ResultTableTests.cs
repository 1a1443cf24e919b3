using System.Text.Json;
using Cruddur.AppHost.Commands;

namespace Cruddur.AppHostTests;

public sealed class ResultTableTests
{
    private static readonly ResultTable Table = new(["code", "name"], [["123456", "Vir | <b>Cotto</b>\r\n*you*"], ["1", null]]);

    [Fact]
    public void Text_stays_in_its_cell_and_is_not_read_as_markup() => Assert.Equal(
        """
        | code | name |
        | --- | --- |
        | 123456 | Vir \| \<b\>Cotto\</b\> \*you\* |
        | 1 |  |

        """.ReplaceLineEndings("\n"),
        Table.ToMarkdown());

    [Fact]
    public void JSON_has_an_object_for_each_row()
    {
        using var json = JsonDocument.Parse(Table.ToJson());

        var rows = json.RootElement.EnumerateArray().ToArray();
        Assert.Equal("Vir | <b>Cotto</b>\r\n*you*", rows[0].GetProperty("name").GetString());
        Assert.Equal(JsonValueKind.Null, rows[1].GetProperty("name").ValueKind);
    }
}
