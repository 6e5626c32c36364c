using RdsBq.Cloud.Google;
using RdsBq.Cloud.Secrets;
using RdsBq.Cloud.Slack;
using RdsBq.Cloud.Topics;
using RdsBq.Export.Checking;

namespace RdsBq.Export;

internal sealed partial class Wiring
{
    private IEnumerable<Check> GoogleChecks()
    {
        var (g, warehouse, endpoints) = (googleSide.Value, settings.Warehouse, settings.Endpoints);
        var handler = Own(new SocketsHttpHandler());
        var slack = settings.Slack is not { } to ? null
            : Own(new SlackReader(token => g.Secrets.ReadAsync(to.TokenSecret, SecretReader.SlackSetting, token), endpoints.Slack, handler));
        return Checking.GoogleChecks.Of(settings, new GoogleEyes(
            google, Own(new ProjectRights(warehouse.Project, endpoints.ResourceManager, google, handler)), g.Secrets, g.Transfers, g.BigQuery,
            Own(new TopicReader(endpoints.PubSub, google)), slack));
    }
}
