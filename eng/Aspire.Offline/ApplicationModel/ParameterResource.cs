namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>A value from configuration or from code.</summary>
    public class ParameterResource : Resource, IExpressionValue
    {
        private readonly Lazy<string> _value;

        internal ParameterResource(string name, Func<string> value, bool secret)
            : base(name) => (_value, Secret) = (new(value), secret);

        public bool Secret { get; }

        /// <exception cref="DistributedApplicationException">Configuration has no value.</exception>
        public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => new(_value.Value);
    }
}

namespace Aspire.Hosting
{
    /// <summary>A parameter has no value.</summary>
    internal sealed class MissingParameterValueException(string message) : DistributedApplicationException(message);
}
