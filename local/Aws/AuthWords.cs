namespace RdsBq.Local.Aws;

public sealed record ErrorWord(int Status, string Code, string Message)
{
    public AwsException Thrown(string? message = null) => new(Status, Code, message ?? Message);
}

/// <summary>
/// How a family of services words a request that it can't authenticate; the codes differ between the query services and S3.
/// </summary>
public sealed record AuthWords
{
    public required ErrorWord Missing { get; init; }

    public required ErrorWord Malformed { get; init; }

    public required ErrorWord UnknownKey { get; init; }

    public required ErrorWord BadToken { get; init; }

    public required ErrorWord Expired { get; init; }

    public required ErrorWord Mismatch { get; init; }

    public required ErrorWord Skewed { get; init; }

    public required ErrorWord WrongScope { get; init; }

    public required TimeSpan Skew { get; init; }

    /// <summary>RDS and STS (API reference, "Common errors").</summary>
    public static AuthWords Query { get; } = new()
    {
        Missing = new(403, "MissingAuthenticationToken", "Request is missing Authentication Token"),
        Malformed = new(400, "IncompleteSignature", "The request signature does not conform to AWS standards."),
        UnknownKey = new(403, "InvalidClientTokenId", "The security token included in the request is invalid."),
        BadToken = new(403, "InvalidClientTokenId", "The security token included in the request is invalid."),
        Expired = new(403, "ExpiredToken", "The security token included in the request is expired"),
        Mismatch = new(
            403,
            "SignatureDoesNotMatch",
            "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method."),
        Skewed = new(403, "SignatureDoesNotMatch", "Signature expired or not yet current."),
        WrongScope = new(403, "SignatureDoesNotMatch", "Credential should be scoped to a valid region."),
        Skew = TimeSpan.FromMinutes(5),
    };

    /// <summary>KMS (API reference, "Common errors"): the JSON protocol's codes, all of them 400.</summary>
    public static AuthWords Json { get; } = new()
    {
        Missing = new(400, "MissingAuthenticationTokenException", "Missing Authentication Token"),
        Malformed = new(400, "IncompleteSignatureException", "The request signature does not conform to AWS standards."),
        UnknownKey = new(400, "UnrecognizedClientException", "The security token included in the request is invalid."),
        BadToken = new(400, "UnrecognizedClientException", "The security token included in the request is invalid."),
        Expired = new(400, "ExpiredTokenException", "The security token included in the request is expired"),
        Mismatch = new(
            400,
            "InvalidSignatureException",
            "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method."),
        Skewed = new(400, "InvalidSignatureException", "Signature expired or not yet current."),
        WrongScope = new(400, "InvalidSignatureException", "Credential should be scoped to a valid region."),
        Skew = TimeSpan.FromMinutes(5),
    };

    /// <summary>S3 (API reference, "Error responses"); its clock tolerance is 15 minutes.</summary>
    public static AuthWords S3 { get; } = new()
    {
        Missing = new(403, "AccessDenied", "Access Denied"),
        Malformed = new(400, "AuthorizationHeaderMalformed", "The authorization header is malformed."),
        UnknownKey = new(403, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records."),
        BadToken = new(400, "InvalidToken", "The provided token is malformed or otherwise invalid."),
        Expired = new(400, "ExpiredToken", "The provided token has expired."),
        Mismatch = new(
            403,
            "SignatureDoesNotMatch",
            "The request signature we calculated does not match the signature you provided. Check your key and signing method."),
        Skewed = new(403, "RequestTimeTooSkewed", "The difference between the request time and the current time is too large."),
        WrongScope = new(400, "AuthorizationHeaderMalformed", "The authorization header is malformed."),
        Skew = TimeSpan.FromMinutes(15),
    };
}
