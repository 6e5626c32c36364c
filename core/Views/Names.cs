using RdsBq.Core.Runs;

namespace RdsBq.Core.Views;

/// <summary>The names that this project gives things in BigQuery and DTS.</summary>
public static class Names
{
    public const string Ledger = "rdsbq_ledger";

    public static string LandingDataset(string dataset) => dataset + "_landing";

    public static string LandingTable(string view, RunTime t) => $"{view}_{t.Stamp}";

    /// <summary>The <c>destination_table_name_template</c> that DTS renders to <see cref="LandingTable"/>.</summary>
    public static string LandingTemplate(string view) => TransferText.Escape(view) + "_{run_time|\"%Y%m%d%H%M\"}";

    /// <summary>The display name of a table's transfer config.</summary>
    public static string TransferConfig(string database, string view) => $"{database}-{view}-transfer";
}
