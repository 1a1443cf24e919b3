using System.Security.Cryptography;
using System.Text;

namespace Cruddur.AppHost.Backing;

/// <summary>The named volumes in which containers keep their data.</summary>
public static class ContainerVolumes
{
    /// <summary>
    /// The volume of a server. Every state directory has volumes of its own, so that tests don't use those of a developer.
    /// </summary>
    /// <param name="statePath">The absolute path of the state directory.</param>
    /// <param name="server">The name of the server's resource.</param>
    public static string NameOf(string statePath, string server)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(statePath)))[..12];
        return $"cruddur-{hash}-{server}";
    }
}
