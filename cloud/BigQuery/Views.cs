using RdsBq.Core;
using RdsBq.Core.Views;

namespace RdsBq.Cloud.BigQuery;

/// <summary>Views, and what people have written on them.</summary>
public static class Views
{
    /// <summary>As <see cref="NotesAsync"/>, of what a view is about to replace.</summary>
    /// <exception cref="StopException">Something else has its name: a statement that makes a view replaces views alone.</exception>
    public static async Task<ViewNotes> ReplaceableAsync(this BigQueryClient client, string dataset, string view, CancellationToken token)
    {
        if (await Tables.FindAsync(client, dataset, view, token) is not { } found) return ViewNotes.None;
        if (found.Type is null or "VIEW") return NotesOf(found);
        throw StopException.ForPerson(
            $"View {dataset}.{view} can't be made: a {found.Type.ToLowerInvariant().Replace('_', ' ')} has its name.",
            $"Rename it (ALTER TABLE `{client.Project}.{dataset}.{view}` RENAME TO `before_{view}`), or name the view by '-> another_name' in the list of target tables. The next load publishes.");
    }

    /// <summary>Descriptions, labels and policy tags that people have put on a view; <see cref="ViewNotes.None"/> where there is no such view.</summary>
    public static async Task<ViewNotes> NotesAsync(this BigQueryClient client, string dataset, string view, CancellationToken token) =>
        await Tables.FindAsync(client, dataset, view, token) is { } found ? NotesOf(found) : ViewNotes.None;

    private static ViewNotes NotesOf(TableResource found)
    {
        var fields = found.Schema?.Fields ?? [];
        return new ViewNotes(
            found.Description,
            found.Labels ?? [],
            fields.Where(f => !string.IsNullOrEmpty(f.Description)).ToDictionary(f => f.Name, f => f.Description!, StringComparer.OrdinalIgnoreCase))
        {
            FriendlyName = found.FriendlyName,
            PolicyTags = fields.Where(f => f.PolicyTags?.Names is { Count: > 0 })
                .ToDictionary(f => f.Name, f => (IReadOnlyList<string>)f.PolicyTags!.Names!, StringComparer.OrdinalIgnoreCase),
        };
    }

    /// <summary>The view's SQL; null where there is no view of that name.</summary>
    public static async Task<string?> ViewQueryAsync(this BigQueryClient client, string dataset, string view, CancellationToken token) =>
        (await Tables.FindAsync(client, dataset, view, token))?.View?.Query;

    /// <summary>
    /// Replaces a view by one statement, and puts policy tags back where it had some: no statement can say those. By its documentation BigQuery has policy tags on
    /// tables only (https://cloud.google.com/bigquery/docs/column-level-security-intro), so that the second call is for a view that was read with some.
    /// </summary>
    public static async Task ReplaceViewAsync(this BigQueryClient client, ViewPlan plan, CancellationToken token)
    {
        await client.ExecuteAsync(ViewSql.CreateOrReplace(plan), token);
        if (!plan.Columns.Any(c => plan.Notes.PolicyTags.ContainsKey(c.Name))) return;
        var made = await Tables.FindAsync(client, plan.Dataset, plan.View, token);
        // The schema is given whole, as it was read: a view's can't be changed but for descriptions and tags.
        var fields = made!.Schema!.Fields!.Select(f => plan.Notes.PolicyTags.TryGetValue(f.Name, out var tags) ? f with { PolicyTags = new([.. tags]) } : f);
        await client.PatchAsync(
            Tables.Path(plan.Dataset, plan.View), new TablePatch(Schema: new SchemaResource([.. fields])), BigQueryJson.Default.TablePatch,
            BigQueryJson.Default.TableResource, token);
    }
}
