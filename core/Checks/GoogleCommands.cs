namespace RdsBq.Core.Checks;

/// <summary>Commands that people paste, with this installation's own names in them. They stand last in a mend.</summary>
/// <param name="account">The job's service account; null where this process does not know it.</param>
public sealed class GoogleCommands(string project, string? account)
{
    public string Project => project;

    /// <summary>As policies name it.</summary>
    public string Member => $"serviceAccount:{account ?? "THE_JOBS_ACCOUNT"}";

    public string Enable(string api) => $"gcloud services enable {api} --project={project}";

    public string GrantOnProject(string role) => $"gcloud projects add-iam-policy-binding {project} --member={Member} --role={role} --condition=None";

    /// <param name="topic">Full name; so are a subscription's.</param>
    public string GrantOnTopic(string topic, string role, string? member = null) =>
        $"gcloud pubsub topics add-iam-policy-binding {topic} --member={member ?? Member} --role={role}";

    public string GrantOnSubscription(string subscription, string role) =>
        $"gcloud pubsub subscriptions add-iam-policy-binding {subscription} --member={Member} --role={role}";

    /// <param name="secret">Its short name, or <c>projects/p/secrets/s</c>.</param>
    public string GrantOnSecret(string secret, string role) =>
        $"gcloud secrets add-iam-policy-binding {ShortOf(secret)} --project={ProjectOf(secret)} --member={Member} --role={role}";

    public string GrantOnDataset(string dataset, string role) =>
        $"bq query --project_id={project} --use_legacy_sql=false 'GRANT `{role}` ON SCHEMA `{project}`.{dataset} TO \"{Member}\"'";

    public string NewVersion(string secret) => $"gcloud secrets versions add {ShortOf(secret)} --project={ProjectOf(secret)} --data-file=-";

    private static string ShortOf(string secret) => secret.Split('/')[^1];

    private string ProjectOf(string secret) => secret.Split('/') is ["projects", var other, ..] ? other : project;
}
