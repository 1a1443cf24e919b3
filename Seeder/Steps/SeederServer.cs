using Cruddur.Data.Postgres;
using Cruddur.ServiceDefaults;

namespace Cruddur.Seeder.Steps;

/// <summary>A server that the seeder works on.</summary>
/// <param name="Name">Its name.</param>
/// <param name="AddressSetting">The name of the setting that contains its address.</param>
internal sealed record SeederServer(string Name, string AddressSetting)
{
    public static readonly SeederServer DynamoDb = new("DynamoDB", SettingNames.DynamoDbEndpoint);
    public static readonly SeederServer Postgres = new("Postgres", $"ConnectionStrings__{CruddurDatabase.ConnectionName}");
    public static readonly SeederServer Cognito = new("Cognito", SettingNames.CognitoEndpoint);
}
