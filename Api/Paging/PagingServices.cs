namespace Cruddur.Api.Paging;

/// <summary>Registers paging.</summary>
internal static class PagingServices
{
    public static IServiceCollection AddPaging(this IServiceCollection services) =>
        services.AddHttpContextAccessor().AddSingleton<Cursors>().AddSingleton<Pager>();
}
