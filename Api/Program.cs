using Cruddur.Api;
using Cruddur.Api.Activities;
using Cruddur.Api.Auth;
using Cruddur.Api.Errors;
using Cruddur.Api.Events;
using Cruddur.Api.Health;
using Cruddur.Api.MessageGroups;
using Cruddur.Api.Messages;
using Cruddur.Api.OpenApi;
using Cruddur.Api.Paging;
using Cruddur.Api.Users;
using Cruddur.Data;
using Cruddur.ServiceDefaults;
using Scalar.AspNetCore;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddServiceDefaults();
builder.AddCruddurData(callDeadline: TimeSpan.FromSeconds(2.3));
builder.AddCruddurNotifications(isConnected: !ApiDocument.IsBeingWritten);
builder.AddCognitoAuthentication();
builder.AddFrontendCors();
builder.AddWriteLimit();
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    kestrel.Limits.MaxRequestBodySize = 16 * 1024;
});
builder.Services.AddDatabaseHealthChecks();
builder.Services.AddProblems();
builder.Services.AddRequestBudget();
builder.Services.AddPaging();
builder.Services.AddEvents();
builder.Services.AddUsers();
builder.Services.AddScoped<MessageSender>();
builder.Services.AddApiDocument();
ApiJson.AddTo(builder.Services);

var app = builder.Build();
app.UseSecurityHeaders();
app.UseExceptionHandler();
app.UseStatusCodePages();
app.UseCors();
app.UseRequestTimeouts();
app.UseAuthentication();
app.UseAuthorization();
app.UseRateLimiter();

app.MapDefaultEndpoints();
app.MapOpenApi().AllowAnonymous();
app.MapScalarApiReference().AllowAnonymous();

var api = app.MapGroup("/api").RequireAuthorization(RegisteredUserRequirement.Policy).RequireRateLimiting(WriteLimit.Policy);
api.MapMessageGroupsApi();
api.MapMessagesApi();
api.MapUsersApi();
api.MapActivitiesApi();
api.MapEventsApi();

app.MapGroup("/api").RequireAuthorization().RequireRateLimiting(WriteLimit.Policy).MapRegistrationApi();

app.Run();
