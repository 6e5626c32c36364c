using RdsBq.Core.Exports;
using RdsBq.Core.Settings;
using RdsBq.Core.Tables;
using RdsBq.Core.Views;

namespace RdsBq.Core.Transfers;

/// <summary>
/// What a table's transfer config must be. Path and template can't be updated later: a different one is a different config.
/// </summary>
public sealed record ConfigPlan(string DisplayName, string Dataset, string DataPath, string TableTemplate, string NotificationTopic)
{
    /// <summary><c>database.schema.table</c>, for messages.</summary>
    public string Table { get; init; } = "";

    /// <exception cref="ArgumentException">The table's name holds a *; see <see cref="ExportLayout.TransferProblem"/>.</exception>
    public static ConfigPlan Of(Target target, WarehouseSettings warehouse, ExportPolicy policy, string topic) => new(
        Names.TransferConfig(target.Table.Database, target.View), warehouse.LandingDataset,
        ExportLayout.TransferPath(policy.Place, policy.Ids, target.Table), Names.LandingTemplate(target.View), topic)
    {
        Table = target.Table.ToString(),
    };
}
