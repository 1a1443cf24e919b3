using System.Collections;

// Answers with its arguments and environment.
var builder = WebApplication.CreateBuilder();
var app = builder.Build();
app.MapGet("/", () => new
{
    pid = Environment.ProcessId,
    args,
    env = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(v => (string)v.Key, v => (string?)v.Value),
});
app.Run();
