using RdsBq.Cloud.Aws;
using RdsBq.Cloud.Google;
using RdsBq.Export.Syncing;

namespace RdsBq.Export.Checking;

/// <summary>What the checks of AWS look with.</summary>
/// <param name="SignedAt">AWS's clock as STS alone tells it, which is the one that signatures are held against.</param>
/// <param name="Now">AWS's clock as RDS and S3 tell it, which is the one that ages are counted by.</param>
internal sealed record AwsLooks(
    IdTokenLook IdToken, CallerLook Caller, CloudClock SignedAt, CloudClock Now, DatabaseLook Database, RdsExports Rds, StartProbe Start, KeyLook Key,
    BucketLook Bucket, ExportFiles Files, RoleLook Role, WantedReader Wanted);
