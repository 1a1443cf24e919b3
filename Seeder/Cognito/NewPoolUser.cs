namespace Cruddur.Seeder.Cognito;

/// <summary>A user to create in the pool and in Postgres.</summary>
/// <param name="Handle">The handle, normalized.</param>
/// <param name="Name">The display name.</param>
/// <param name="Email">The e-mail address, which the user signs in with.</param>
/// <param name="Password">The password; null for that of the local pool's users, which only the local pool takes.</param>
internal sealed record NewPoolUser(string Handle, string Name, string Email, string? Password);
