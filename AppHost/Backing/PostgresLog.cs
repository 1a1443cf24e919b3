namespace Cruddur.AppHost.Backing;

/// <summary>What Postgres writes to its log.</summary>
internal static class PostgresLog
{
    /// <summary>
    /// The setting that leaves the details out of errors: they quote the values of a row, such as a handle or an e-mail address.
    /// See https://www.postgresql.org/docs/18/runtime-config-logging.html#GUC-LOG-ERROR-VERBOSITY.
    /// </summary>
    public const string WithoutValues = "log_error_verbosity=terse";
}
