using System.Text.Json.Nodes;

namespace RdsBq.Local.Iam;

/// <param name="Trust">The trust policy, JSON.</param>
public sealed record IamRole(string Arn, string Id, string Trust)
{
    public string Name => Arn.Split('/')[^1];
}

/// <summary>The account's two roles, trusted as infra/aws/template.yaml has it. Whoever holds the cloud may put others in their place.</summary>
public sealed class Roles
{
    public IamRole? Export { get; set; } = new(Estate.ExportRoleArn, "AROAEXPORTEXPORTEX22", ExportTrust(Estate.Account, Estate.Region));

    public IamRole? Caller { get; set; } = new(Estate.CallerRoleArn, "AROACALLERCALLERCAL22", CallerTrust());

    public IamRole? Find(string name) => new[] { Export, Caller }.FirstOrDefault(r => r?.Name == name);

    public static string ExportTrust(string account, string region) => Policy(
        new JsonObject { ["Service"] = "export.rds.amazonaws.com" }, "sts:AssumeRole",
        new JsonObject
        {
            ["StringEquals"] = new JsonObject { ["aws:SourceAccount"] = account },
            ["ArnLike"] = new JsonObject { ["aws:SourceArn"] = $"arn:aws:rds:{region}:{account}:*" },
        });

    private static string CallerTrust() => Policy(
        new JsonObject { ["Federated"] = "accounts.google.com" }, "sts:AssumeRoleWithWebIdentity",
        new JsonObject
        {
            ["StringEquals"] = new JsonObject
            {
                ["accounts.google.com:sub"] = Estate.ServiceAccountId,
                ["accounts.google.com:aud"] = Estate.ServiceAccountId,
                ["accounts.google.com:oaud"] = Estate.TokenAudience,
            },
        });

    private static string Policy(JsonObject principal, string action, JsonObject condition) => new JsonObject
    {
        ["Version"] = "2012-10-17",
        ["Statement"] = new JsonArray(new JsonObject { ["Effect"] = "Allow", ["Principal"] = principal, ["Action"] = action, ["Condition"] = condition }),
    }.ToJsonString();
}
