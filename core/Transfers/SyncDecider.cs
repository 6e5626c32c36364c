namespace RdsBq.Core.Transfers;

/// <summary>What becomes of each transfer config, from what exists alone: run twice or after a kill, it converges.</summary>
public static class SyncDecider
{
    /// <summary>The field whose update replaces every parameter, the keys among them.</summary>
    public const string Params = "params";

    public const string Topic = "notification_pubsub_topic";

    public const string Disabled = "disabled";

    /// <summary>First the wanted tables' configs in their order, then those that nothing wants. Others' configs do not occur.</summary>
    public static IReadOnlyList<SyncChange> Decide(SyncObservation seen, SyncOptions options)
    {
        var ours = seen.Configs.Where(seen.Scope.Holds).OrderBy(c => c.Name, StringComparer.Ordinal).ToList();
        var byPath = ours.ToLookup(c => (c.DataPath, c.TableTemplate));
        var byName = ours.ToLookup(c => c.DisplayName, StringComparer.Ordinal);
        var wanted = seen.Wanted.Select(p => (p.DataPath, p.TableTemplate)).ToHashSet();
        var spoken = new HashSet<string>(StringComparer.Ordinal);
        var changes = new List<SyncChange>();
        foreach (var plan in seen.Wanted)
        {
            // What it reads and where that lands is what a config is; a person may have renamed it.
            var same = byPath[(plan.DataPath, plan.TableTemplate)];
            var match = same.OrderBy(c => c.DisplayName != plan.DisplayName).ThenBy(c => c.Disabled).FirstOrDefault();
            // One that has taken another table's name by mistake is still that table's.
            var old = byName[plan.DisplayName].Where(c => !wanted.Contains((c.DataPath, c.TableTemplate))).ToList();
            if (match is not null) spoken.Add(match.Name);
            spoken.UnionWith(old.Select(c => c.Name));
            changes.AddRange(match is null ? Make(seen, plan, old) : [Tend(seen, options, plan, match), .. Retire(seen, plan, old)]);
        }
        var rest = ours.Where(c => !spoken.Contains(c.Name));
        return [.. changes, .. rest.Select(c => Leave(seen, options, c, isSecond: wanted.Contains((c.DataPath, c.TableTemplate))))];
    }

    private static IEnumerable<SyncChange> Make(SyncObservation seen, ConfigPlan plan, List<ConfigSummary> old)
    {
        var free = old.Where(c => !seen.InUse.Contains(c.Id)).ToList();
        yield return free.Count == 0
            ? new SyncChange(SyncAction.Create, plan.DisplayName, plan.Table, "") { Plan = plan }
            : new SyncChange(SyncAction.Recreate, plan.DisplayName, plan.Table, Difference(free[0], plan)) { Plan = plan, Old = free };
        foreach (var held in old.Except(free)) yield return Hold(held, plan.Table, Difference(held, plan));
    }

    private static IEnumerable<SyncChange> Retire(SyncObservation seen, ConfigPlan plan, List<ConfigSummary> old) => old.Select(c =>
        seen.InUse.Contains(c.Id)
            ? Hold(c, plan.Table, Difference(c, plan))
            : new SyncChange(SyncAction.Retire, c.DisplayName, plan.Table, Difference(c, plan)) { Config = c });

    private static SyncChange Tend(SyncObservation seen, SyncOptions options, ConfigPlan plan, ConfigSummary config)
    {
        var why = new List<string>();
        var fields = new List<string>();
        var newer = seen.KeysChangedAt > config.UpdatedAt;
        if (newer) why.Add($"the secrets of {seen.KeysChangedAt:yyyy-MM-dd HH:mm:ss}Z are newer than the config of {config.UpdatedAt:yyyy-MM-dd HH:mm:ss}Z");
        else if (options.Rotate) why.Add("asked for");
        var otherOptions = config.LoadOptions != LoadOptions.Wanted;
        if (otherOptions) why.Add($"loads with {config.LoadOptions}, wants {LoadOptions.Wanted}");
        if (newer || options.Rotate || otherOptions) fields.Add(Params);
        if (config.NotificationTopic != plan.NotificationTopic)
        {
            why.Add($"tells {(config.NotificationTopic.Length == 0 ? "nobody" : config.NotificationTopic)}, wants {plan.NotificationTopic}");
            fields.Add(Topic);
        }
        var enable = config.Disabled && options.Enable;
        if (enable) fields.Add(Disabled);
        else if (config.Disabled) why.Add("somebody has switched it off; sync --enable switches it on");
        var action = enable ? SyncAction.Enable
            : newer || options.Rotate ? SyncAction.Rotate
            : fields.Count > 0 ? SyncAction.Update
            : config.Disabled ? SyncAction.Disabled : SyncAction.Keep;
        return new SyncChange(action, config.DisplayName, plan.Table, string.Join("; ", why)) { Plan = plan, Config = config, Fields = fields };
    }

    private static SyncChange Leave(SyncObservation seen, SyncOptions options, ConfigSummary config, bool isSecond)
    {
        var why = isSecond ? $"another config reads {config.DataPath} already" : $"no wanted table reads {config.DataPath}";
        if (options.Prune && seen.InUse.Contains(config.Id)) return Hold(config, "", why);
        return options.Prune
            ? new SyncChange(SyncAction.Prune, config.DisplayName, "", why) { Config = config }
            : new SyncChange(SyncAction.Unwanted, config.DisplayName, "", $"{why}; sync --prune deletes it") { Config = config };
    }

    private static SyncChange Hold(ConfigSummary config, string table, string why)
    {
        const string inUse = "a run that is not published yet uses it, and deleting it would stop that run";
        return new SyncChange(SyncAction.Held, config.DisplayName, table, $"{why}; {inUse}") { Config = config };
    }

    private static string Difference(ConfigSummary config, ConfigPlan plan) => config.DataPath != plan.DataPath
        ? $"reads {config.DataPath}, wants {plan.DataPath}"
        : $"lands in {config.TableTemplate}, wants {plan.TableTemplate}";
}
