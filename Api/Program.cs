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

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddServiceDefaults(streamPaths: EventsApi.Path);
builder.AddCruddurData(callDeadline: TimeSpan.FromSeconds(2.3));
builder.AddCruddurNotifications(isConnected: !ApiDocument.IsBeingWritten);
builder.AddCognitoAuthentication();
builder.AddFrontendCors();
builder.AddRequestLimits();
builder.AddApiDocument();
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    kestrel.Limits.MaxRequestBodySize = 16 * 1024;
});
builder.Services.AddDatabaseHealthChecks();
builder.Services.AddProblems();
builder.Services.AddRequestBudget();
builder.Services.AddHttpContextAccessor().AddSingleton<Pager>();
builder.Services.AddEvents();
builder.Services.AddUsers();
builder.Services.AddScoped<MessageSender>();
ApiJson.AddTo(builder.Services);

var app = builder.Build();
app.UseSecurityHeaders();
app.UseExceptionHandler();
app.UseStatusCodePages();
app.UseCors();
app.UseRequestTimeouts();
app.UseAuthentication();
// Before authorization, which looks the caller up in Postgres.
app.UseRateLimiter();
app.UseAuthorization();

app.MapDefaultEndpoints();
app.MapOpenApi().ServeHead().AllowAnonymous();
app.MapApiReference().ServeHead().AllowAnonymous();
app.MapDevelopmentSignIn();

var api = app.MapGroup("/api").ServeHead().RequireRateLimiting(RequestLimits.Policy);
var registered = api.MapGroup("").RequireAuthorization(RegisteredUserRequirement.Policy);
registered.MapMessageGroupsApi();
registered.MapMessagesApi();
registered.MapUsersApi();
registered.MapActivitiesApi();
registered.MapEventsApi();
api.MapRegistrationApi();

app.Run();
