using Amazon.DynamoDBv2.Model;
using Cruddur.Data.DynamoDb;

namespace Cruddur.Data.Messages;

/// <summary>Writes messages, and announces them where it is known whether they were written.</summary>
/// <param name="table">The table.</param>
/// <param name="announcements">The announcements to send.</param>
internal sealed class MessageWriter(MessagesTableClient table, MessageAnnouncements announcements)
{
    /// <summary>
    /// Runs a transaction. Its messages are announced unless DynamoDB has cancelled it: after a time-out they may be written,
    /// and a listener looks for them itself.
    /// </summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="cancellationToken">Stops the waiting. The messages may be written or not when that happens.</param>
    /// <exception cref="TransactionCanceledException">Nothing was written; the reasons say why, write by write.</exception>
    public async Task WriteAsync(SendTransaction transaction, CancellationToken cancellationToken)
    {
        var mayBeWritten = true;
        try
        {
            await table.TransactAsync(transaction.Items, cancellationToken);
        }
        catch (TransactionCanceledException)
        {
            mayBeWritten = false;
            throw;
        }
        finally
        {
            if (mayBeWritten)
            {
                foreach (var announcement in transaction.Announcements)
                {
                    announcements.Add(announcement);
                }
            }
        }
    }
}
