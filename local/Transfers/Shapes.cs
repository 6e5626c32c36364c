using Google.Cloud.BigQuery.DataTransfer.V1;
using Google.Protobuf.WellKnownTypes;

namespace RdsBq.Local.Transfers;

/// <summary>Entries as answers show them.</summary>
internal static class Shapes
{
    public static string NameOf(ConfigEntry entry) =>
        $"projects/{Estate.ProjectNumber}/locations/{entry.Location}/transferConfigs/{entry.Id}";

    /// <param name="withOwner">Only GetTransferConfig tells the owner.</param>
    public static TransferConfig Show(ConfigEntry entry, TransferOptions options, bool withOwner = false)
    {
        var shown = entry.Config.Clone();
        shown.Name = NameOf(entry);
        shown.DatasetRegion = entry.Location;
        shown.UserId = TransferEngine.UserId;
        shown.NextRunTime = entry.NextRun?.ToTimestamp();
        shown.EmailPreferences ??= new EmailPreferences();
        shown.State = entry.Runs.LastOrDefault()?.Run.State ?? TransferState.Pending;
        shown.Error = entry.Runs.LastOrDefault()?.Run is { State: TransferState.Failed } failed ? failed.ErrorStatus.Clone() : null;
        if (entry.ScheduleText is { } schedule && shown.ScheduleOptionsV2 is null) shown.Schedule = schedule;
        if (withOwner) shown.OwnerInfo = new UserInfo { Email = Estate.ServiceAccount };
        Mask(shown.Params, options);
        return shown;
    }

    public static TransferRun Show(TransferRun run, TransferOptions options)
    {
        var shown = run.Clone();
        Mask(shown.Params, options);
        return shown;
    }

    private static void Mask(Struct parameters, TransferOptions options)
    {
        if (options.MaskSecrets
            && parameters.Fields.ContainsKey("secret_access_key")) parameters.Fields["secret_access_key"] = Value.ForString("**********");
    }
}
