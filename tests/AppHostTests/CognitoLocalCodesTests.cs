using System.Text.Json;
using Cruddur.AppHost.Integrations.CognitoLocal;

namespace Cruddur.AppHostTests;

public sealed class CognitoLocalCodesTests : IDisposable
{
    private const string Pool = "us-east-1_Test";

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("cruddur-codes-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string FilePath => Path.Combine(_directory.CreateSubdirectory(".cognito/db").FullName, $"{Pool}.json");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Codes_are_read_with_the_users_that_wait_for_them()
    {
        await File.WriteAllTextAsync(
            FilePath,
            """
            {
              "Users": {
                "1": {
                  "ConfirmationCode": "123456",
                  "UserLastModifiedDate": "2026-11-26T15:00:00.000Z",
                  "Attributes": [
                    { "Name": "email", "Value": "vir@cruddur.example" },
                    { "Name": "preferred_username", "Value": "vir" }
                  ]
                },
                "2": { "AttributeVerificationCode": "654321", "UserLastModifiedDate": "2026-11-26T16:00:00.000Z", "Attributes": [] },
                "3": { "UserLastModifiedDate": "2026-11-26T17:00:00.000Z", "Attributes": [] }
              }
            }
            """,
            Cancelled);

        var codes = await CognitoLocalCodes.ReadAsync(_directory.FullName, Pool, Cancelled);

        Assert.Equal(
            [
                new("123456", "vir", "vir@cruddur.example", new(2026, 11, 26, 15, 0, 0, TimeSpan.Zero)),
                new("654321", null, null, new(2026, 11, 26, 16, 0, 0, TimeSpan.Zero)),
            ],
            codes);
    }

    [Fact]
    public async Task A_file_of_another_format_is_an_error()
    {
        await File.WriteAllTextAsync(FilePath, "not JSON", Cancelled);

        await Assert.ThrowsAnyAsync<JsonException>(() => CognitoLocalCodes.ReadAsync(_directory.FullName, Pool, Cancelled));
    }
}
