using System.Collections;
using System.Globalization;
using Aspire.Hosting.Dashboard.Wire;
using Google.Protobuf.WellKnownTypes;

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
            CreatedAt = (snapshot.CreationTimeStamp ?? hostStarted).ToTimestamp(),
            StartedAt = snapshot.StartTimeStamp?.ToTimestamp(),
            StoppedAt = snapshot.StopTimeStamp?.ToTimestamp(),
            State = snapshot.State?.Text ?? "",
            StateStyle = snapshot.State?.Style ?? "",
            IsHidden = snapshot.IsHidden,
        };
        if (snapshot.IconName is { } icon)
        {
            resource.IconName = icon;
            resource.IconVariant = ToWire<Wire.IconVariant>(snapshot.IconVariant ?? ApplicationModel.IconVariant.Filled);
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
                : result.HasInvalidArguments ? ResourceCommandResponseKind.InvalidArguments
                : ResourceCommandResponseKind.Failed,
            Message = result.Message ?? "",
        };
        if (result.Data is { } data)
        {
            response.Result = new ResourceCommandResult
            {
                Value = data.Value,
                Format = ToWire<Wire.CommandResultFormat>(data.Format),
                DisplayImmediately = data.DisplayImmediately,
            };
        }

        return response;
    }

    public static Wire.InteractionInput ToWire(InteractionInput input)
    {
        var wire = new Wire.InteractionInput
        {
            Name = input.Name,
            Label = string.IsNullOrWhiteSpace(input.Label) ? input.Name : input.Label,
            Description = input.Description ?? "",
            Placeholder = input.Placeholder ?? "",
            InputType = ToWire<Wire.InputType>(input.InputType),
            Required = input.Required,
            Value = input.Value ?? "",
            MaxLength = input.MaxLength ?? 0,
            AllowCustomChoice = input.AllowCustomChoice,
        };
        wire.Options.Add(new Dictionary<string, string>(input.Options ?? []));
        wire.ValidationErrors.AddRange(input.ValidationErrors);
        return wire;
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
        var wire = new HealthReport
        {
            Key = report.Name,
            Description = report.Description ?? "",
            Exception = report.ExceptionText ?? "",
            LastRunAt = report.LastRunAt?.ToTimestamp(),
        };
        if (report.Status is { } status)
        {
            wire.Status = ToWire<HealthStatus>(status);
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
            ConfirmationMessage = command.ConfirmationMessage ?? "",
            IconName = command.IconName ?? "",
            IconVariant = ToWire<Wire.IconVariant>(command.IconVariant ?? ApplicationModel.IconVariant.Regular),
            State = ToWire<Wire.ResourceCommandState>(command.State),
        };
        wire.ArgumentInputs.AddRange(command.Arguments.Select(ToWire));
        return wire;
    }

    private static Url ToWire(UrlSnapshot url) => new()
    {
        EndpointName = url.Name ?? "",
        FullUrl = url.Url,
        IsInternal = url.IsInternal,
        IsInactive = url.IsInactive,

        // The dashboard requires display properties, even empty ones.
        DisplayProperties = new UrlDisplayProperties { DisplayName = url.DisplayProperties.DisplayName },
    };

    /// <summary>An enumeration of the contract has the names of its counterpart here, and sometimes other numbers.</summary>
    private static T ToWire<T>(System.Enum value)
        where T : struct, System.Enum => System.Enum.Parse<T>(value.ToString());
}
