using Amazon.DynamoDBv2;
using Cruddur.Data.DynamoDb;

namespace Cruddur.UnitTests.Data;

public sealed class MessagesTableTests
{
    [Fact]
    public void Is_defined_as_in_the_contract()
    {
        var table = MessagesTable.Definition();

        Assert.Equal("cruddur-messages", table.TableName);
        Assert.Equal(["message_group_uuid:S", "pk:S", "sk:S"], table.AttributeDefinitions.Select(a => $"{a.AttributeName}:{a.AttributeType}"));
        Assert.Equal(["pk:HASH", "sk:RANGE"], table.KeySchema.Select(key => $"{key.AttributeName}:{key.KeyType}"));
        Assert.Equal(BillingMode.PROVISIONED, table.BillingMode);
        Assert.Equal((5, 5), (table.ProvisionedThroughput.ReadCapacityUnits, table.ProvisionedThroughput.WriteCapacityUnits));

        var index = Assert.Single(table.GlobalSecondaryIndexes);
        Assert.Equal("message-group-sk-index", index.IndexName);
        Assert.Equal(["message_group_uuid:HASH", "sk:RANGE"], index.KeySchema.Select(key => $"{key.AttributeName}:{key.KeyType}"));
        Assert.Equal(ProjectionType.ALL, index.Projection.ProjectionType);
        Assert.Equal((5, 5), (index.ProvisionedThroughput.ReadCapacityUnits, index.ProvisionedThroughput.WriteCapacityUnits));
    }
}
