using RdsBq.Cloud.Aws;
using RdsBq.Cloud.Google;
using RdsBq.Export.Checking;
using RdsBq.Export.Syncing;

namespace RdsBq.Export;

internal sealed partial class Wiring
{
    private IEnumerable<Check> AwsChecks()
    {
        var (keys, endpoints) = (credentials.Value, settings.Endpoints);
        var signedAt = new CloudClock(time);
        var rds = aws.Rds(endpoints.Rds, keys);
        var iam = aws.Iam(endpoints.Iam, keys);
        owned.Add(rds);
        owned.Add(iam);
        var looks = new AwsLooks(
            new IdTokenLook(google), new CallerLook(Own(new AwsClients(settings.Region, signedAt).Sts(endpoints.Sts, keys))), signedAt, clock,
            new DatabaseLook(rds), new RdsExports(rds), new StartProbe(rds), new KeyLook(Own(aws.Kms(endpoints.Kms, keys))),
            new BucketLook(Own(aws.S3(endpoints.S3, keys)), settings.Place.Bucket), ExportFiles(), new RoleLook(iam),
            new WantedReader(new RdsExports(rds), ExportFiles(), settings));
        return new AwsChecks(settings, looks).All();
    }
}
