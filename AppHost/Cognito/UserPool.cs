using Aspire.Hosting.ApplicationModel;
using Cruddur.AppHost.Integrations.CognitoLocal;

namespace Cruddur.AppHost.Cognito;

/// <summary>The Cognito user pool that people sign in to: a real one, or the emulator's.</summary>
/// <param name="PoolId">The pool's id, such as <c>us-east-1_AbCdEfGhI</c>.</param>
/// <param name="ClientId">The id of the app client.</param>
/// <param name="Region">The AWS region of the pool.</param>
/// <param name="Emulator">The emulator that holds the pool, or <see langword="null"/> for a pool on AWS.</param>
public sealed record UserPool(
    ReferenceExpression PoolId, ReferenceExpression ClientId, ReferenceExpression Region, IResourceBuilder<CognitoLocalResource>? Emulator);
