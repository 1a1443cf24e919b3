using System.Security.Cryptography;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.ApplicationModel
{
    /// <summary>A value from configuration (<c>Parameters:&lt;name&gt;</c>) or from code.</summary>
    public class ParameterResource : Resource, IExpressionValue
    {
        private readonly Lazy<string> _value;

        public ParameterResource(string name, Func<ParameterDefault?, string> callback, bool secret = false)
            : base(name)
        {
            ArgumentNullException.ThrowIfNull(callback);
            Secret = secret;
            _value = new(() => callback(Default));
        }

        public bool Secret { get; }

        public bool IsConnectionString { get; set; }

        public ParameterDefault? Default { get; set; }

        public string ValueExpression => $"{{{Name}.value}}";

        internal string ConfigurationKey => IsConnectionString ? $"ConnectionStrings:{Name}" : $"Parameters:{Name}";

        /// <exception cref="MissingParameterValueException">There is neither a configured value nor a default.</exception>
        public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => new(_value.Value);

        public ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken) => GetValueAsync(cancellationToken);
    }

    /// <summary>The value of a parameter that configuration does not give.</summary>
    public abstract class ParameterDefault
    {
        internal ParameterDefault()
        {
        }

        public abstract string GetDefaultValue();
    }

    /// <summary>A random value. At least <see cref="MinLength"/> characters of the kinds that are allowed, and as many of each as asked for.</summary>
    public sealed class GenerateParameterDefault : ParameterDefault
    {
        // The same alphabets as Aspire's, without characters that are mistaken for one another or need escaping in connection strings.
        private const string LowerCharacters = "abcdefghjkmnpqrstuvwxyz";
        private const string UpperCharacters = "ABCDEFGHJKMNPQRSTUVWXYZ";
        private const string NumericCharacters = "0123456789";
        private const string SpecialCharacters = "-_.{}~()*+!";

        public int MinLength { get; set; } = 22;

        public bool Lower { get; set; } = true;

        public bool Upper { get; set; } = true;

        public bool Numeric { get; set; } = true;

        public bool Special { get; set; } = true;

        public int MinLower { get; set; }

        public int MinUpper { get; set; }

        public int MinNumeric { get; set; }

        public int MinSpecial { get; set; }

        public override string GetDefaultValue()
        {
            var kinds = new (bool Allowed, int Min, string Characters)[]
            {
                (Lower, MinLower, LowerCharacters),
                (Upper, MinUpper, UpperCharacters),
                (Numeric, MinNumeric, NumericCharacters),
                (Special, MinSpecial, SpecialCharacters),
            };
            var alphabet = string.Concat(kinds.Where(k => k.Allowed).Select(k => k.Characters));
            if (alphabet.Length == 0)
            {
                throw new InvalidOperationException("A generated parameter value needs at least one kind of character.");
            }

            var required = kinds.Where(k => k.Allowed && k.Min > 0).SelectMany(k => RandomNumberGenerator.GetItems<char>(k.Characters, k.Min)).ToArray();
            var value = required.Concat(RandomNumberGenerator.GetItems<char>(alphabet, Math.Max(0, MinLength - required.Length))).ToArray();
            RandomNumberGenerator.Shuffle(value.AsSpan());
            return new string(value);
        }
    }
}

namespace Aspire.Hosting
{
    /// <summary>A parameter has no value.</summary>
    public class MissingParameterValueException : DistributedApplicationException
    {
        public MissingParameterValueException(string message)
            : base(message)
        {
        }

        public MissingParameterValueException(string message, Exception? innerException)
            : base(message, innerException!)
        {
        }
    }

    /// <summary>A connection string put together from other values.</summary>
    public sealed class ConnectionStringResource(string name, ReferenceExpression connectionStringExpression)
        : Resource(name), IResourceWithConnectionString, IResourceWithWaitSupport
    {
        public ReferenceExpression ConnectionStringExpression => connectionStringExpression;
    }

    internal sealed class ConnectionStringParameterResource : ParameterResource, IResourceWithConnectionString
    {
        public ConnectionStringParameterResource(string name, Func<ParameterDefault?, string> callback, string? environmentVariableName)
            : base(name, callback, secret: true)
        {
            ConnectionStringEnvironmentVariable = environmentVariableName;
            IsConnectionString = true;
        }

        public string? ConnectionStringEnvironmentVariable { get; }

        public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{this}");

        string IManifestExpressionProvider.ValueExpression => $"{{{Name}.connectionString}}";
    }
}
