namespace Cruddur.ServiceDefaults;

/// <summary>Names of the settings that the AppHost, or the deployment in a cloud, injects as environment variables.</summary>
public static class SettingNames
{
    /// <summary>Id of the Cognito user pool, such as <c>us-east-1_CruddurDev</c>.</summary>
    public const string UserPoolId = "AWS_COGNITO_USER_POOL_ID";

    /// <summary>Id of the app client in the user pool.</summary>
    public const string UserPoolClientId = "AWS_COGNITO_USER_POOL_CLIENT_ID";

    /// <summary>The address of Cognito if it is not AWS. The AWS SDKs read the same variable.</summary>
    public const string CognitoEndpoint = "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER";

    /// <summary>The address of DynamoDB if it is not AWS. The AWS SDKs read the same variable.</summary>
    public const string DynamoDbEndpoint = "AWS_ENDPOINT_URL_DYNAMODB";

    /// <summary>Origin of the front end, such as <c>http://localhost:3000</c>.</summary>
    public const string FrontendUrl = "FRONTEND_URL";

    /// <summary>The address of the OpenTelemetry collector. Without it, the process collects no telemetry.</summary>
    public const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
}
