namespace Google.Cloud.Functions.Framework;

/// <summary>A request is no event; its message says why. Answered with status 400.</summary>
internal sealed class ConversionException(string message) : Exception(message);
