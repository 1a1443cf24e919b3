using Cruddur.Data.Paging;

namespace Cruddur.Seeder.Listings;

/// <summary>Reads paged lists.</summary>
internal static class PageReader
{
    private const int PageSize = 100;

    /// <summary>All items of a list, from the newest to the oldest.</summary>
    /// <param name="read">Reads a page, given the maximum number of items and the start of the page.</param>
    public static async IAsyncEnumerable<T> ReadAllAsync<T>(Func<int, PageStart?, Task<Page<T>>> read)
    {
        PageStart? start = null;
        do
        {
            var page = await read(PageSize, start);
            foreach (var item in page.Items)
            {
                yield return item;
            }

            start = page.Older is { } older ? new(older, PageDirection.Older) : null;
        }
        while (start is not null);
    }
}
