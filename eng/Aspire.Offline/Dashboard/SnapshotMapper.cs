using System.Collections;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard.Wire;
using Google.Protobuf.WellKnownTypes;
using CheckStatus = Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus;

namespace Aspire.Hosting.Dashboard;

/// <summary>Maps snapshots to the messages of the dashboard.</summary>
internal static class SnapshotMapper
{
    public static Wire.Resource ToWire(ResourceEvent change, DateTime hostStarted)
    {
        var snapshot = change.Snapshot;
        var resource = new Wire.Resource
        {
            Name = change.ResourceId,
            DisplayName = change.Resource.Name,
            ResourceType = snapshot.ResourceType,
            Uid = change.ResourceId,
            CreatedAt = Timestamp.FromDateTime(snapshot.CreationTimeStamp ?? hostStarted),
            IsHidden = snapshot.IsHidden,
        };
        if (snapshot.State is { } state)
        {
            resource.State = state.Text;
            if (state.Style is { } style)
            {
                resource.StateStyle = style;
            }
        }

        if (snapshot.StartTimeStamp is { } started)
        {
            resource.StartedAt = Timestamp.FromDateTime(started);
        }

        if (snapshot.StopTimeStamp is { } stopped)
        {
            resource.StoppedAt = Timestamp.FromDateTime(stopped);
        }

        if (snapshot.IconName is { } icon)
        {
            resource.IconName = icon;
            resource.IconVariant = ToWire(snapshot.IconVariant ?? ApplicationModel.IconVariant.Filled);
        }

        resource.Properties.AddRange(StandardProperties(change, resource).Concat(snapshot.Properties).Select(ToWire));
        resource.Environment.AddRange(snapshot.EnvironmentVariables.Select(
            v => new Wire.EnvironmentVariable { Name = v.Name, Value = v.Value ?? "", IsFromSpec = v.IsFromSpec }));
        resource.Relationships.AddRange(snapshot.Relationships.Select(
            r => new ResourceRelationship { ResourceName = r.ResourceName, Type = r.Type }));
        resource.HealthReports.AddRange(snapshot.HealthReports.Select(ToWire));
        resource.Commands.AddRange(snapshot.Commands.Select(ToWire));
        resource.Urls.AddRange(snapshot.Urls.Select(ToWire));
        return resource;
    }

    public static ResourceCommandResponse ToWire(ExecuteCommandResult result)
    {
        var response = new ResourceCommandResponse
        {
            Kind = result.Success ? ResourceCommandResponseKind.Succeeded
                : result.Canceled ? ResourceCommandResponseKind.Cancelled
                : ResourceCommandResponseKind.Failed,
        };
        if (result.Message is { } message)
        {
            response.Message = message;
        }

        if (result.Data is { } data)
        {
            response.Result = new ResourceCommandResult
            {
                Value = data.Value,
                DisplayImmediately = data.DisplayImmediately,
                Format = data.Format switch
                {
                    ApplicationModel.CommandResultFormat.Json => Wire.CommandResultFormat.Json,
                    ApplicationModel.CommandResultFormat.Markdown => Wire.CommandResultFormat.Markdown,
                    _ => Wire.CommandResultFormat.Text,
                },
            };
        }

        return response;
    }

    /// <summary>The properties that the dashboard expects of every resource.</summary>
    private static IEnumerable<ResourcePropertySnapshot> StandardProperties(ResourceEvent change, Wire.Resource resource)
    {
        var snapshot = change.Snapshot;
        yield return new("resource.uid", resource.Uid);
        yield return new("resource.name", resource.Name);
        yield return new("resource.type", resource.ResourceType);
        yield return new("resource.displayName", resource.DisplayName);
        yield return new("resource.state", snapshot.State?.Text);
        yield return new("resource.exitCode", snapshot.ExitCode?.ToString(CultureInfo.InvariantCulture));
        yield return new("resource.createTime", Time(snapshot.CreationTimeStamp));
        if (snapshot.StartTimeStamp is not null)
        {
            yield return new("resource.startTime", Time(snapshot.StartTimeStamp));
        }

        if (snapshot.StopTimeStamp is not null)
        {
            yield return new("resource.stopTime", Time(snapshot.StopTimeStamp));
        }

        if (snapshot.HealthStatus is { } health)
        {
            yield return new("resource.healthState", health.ToString());
        }

        static string? Time(DateTime? time) => time?.ToString("O", CultureInfo.InvariantCulture);
    }

    private static ResourceProperty ToWire(ResourcePropertySnapshot property)
    {
        var wire = new ResourceProperty
        {
            Name = property.Name,
            Value = ToValue(property.Value),
            IsSensitive = property.IsSensitive,
            IsHighlighted = property.IsHighlighted,
        };
        if (property.DisplayName is { } name)
        {
            wire.DisplayName = name;
        }

        if (property.SortOrder is { } order)
        {
            wire.SortOrder = order;
        }

        return wire;
    }

    private static Value ToValue(object? value) => value switch
    {
        null => Value.ForNull(),
        string text => Value.ForString(text),
        bool flag => Value.ForBool(flag),
        int or long or double => Value.ForNumber(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        DateTime time => Value.ForString(time.ToString("O", CultureInfo.InvariantCulture)),
        IEnumerable list => Value.ForList([.. list.Cast<object?>().Select(ToValue)]),
        _ => Value.ForString(value.ToString()),
    };

    private static HealthReport ToWire(HealthReportSnapshot report)
    {
        var wire = new HealthReport { Key = report.Name, Description = report.Description ?? "", Exception = report.ExceptionText ?? "" };
        if (report.Status is { } status)
        {
            wire.Status = status switch
            {
                CheckStatus.Healthy => HealthStatus.Healthy,
                CheckStatus.Degraded => HealthStatus.Degraded,
                _ => HealthStatus.Unhealthy,
            };
        }

        if (report.LastRunAt is { } time)
        {
            wire.LastRunAt = Timestamp.FromDateTime(time);
        }

        return wire;
    }

    private static ResourceCommand ToWire(ResourceCommandSnapshot command)
    {
        var wire = new ResourceCommand
        {
            Name = command.Name,
            DisplayName = command.DisplayName,
            DisplayDescription = command.DisplayDescription ?? "",
            IsHighlighted = command.IsHighlighted,
            State = command.State switch
            {
                ApplicationModel.ResourceCommandState.Enabled => Wire.ResourceCommandState.Enabled,
                ApplicationModel.ResourceCommandState.Disabled => Wire.ResourceCommandState.Disabled,
                _ => Wire.ResourceCommandState.Hidden,
            },
        };
        if (command.ConfirmationMessage is { } message)
        {
            wire.ConfirmationMessage = message;
        }

        if (command.IconName is { } icon)
        {
            wire.IconName = icon;
            wire.IconVariant = ToWire(command.IconVariant ?? ApplicationModel.IconVariant.Regular);
        }

        return wire;
    }

    private static Url ToWire(UrlSnapshot url)
    {
        // The dashboard requires display properties, even empty ones.
        var wire = new Url
        {
            FullUrl = url.Url,
            IsInternal = url.IsInternal,
            IsInactive = url.IsInactive,
            DisplayProperties = new UrlDisplayProperties { DisplayName = url.DisplayProperties.DisplayName },
        };
        if (url.Name is { } name)
        {
            wire.EndpointName = name;
        }

        return wire;
    }

    private static Wire.IconVariant ToWire(ApplicationModel.IconVariant variant) =>
        variant is ApplicationModel.IconVariant.Filled ? Wire.IconVariant.Filled : Wire.IconVariant.Regular;
}
