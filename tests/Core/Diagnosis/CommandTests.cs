using System.Text.RegularExpressions;
using RdsBq.Core.Checks;
using RdsBq.Core.Diagnosis;
using RdsBq.Tests.Kit;

namespace RdsBq.Core.Tests.Diagnosis;

public sealed partial class CommandTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(Tools.RepoRoot, "README.md"));

    private static IReadOnlyList<string> Commands { get; } =
        [.. Diagnoses.Table.Select(r => r.Finding.Command).OfType<string>().Concat(AwsMends.All).Distinct()];

    public static TheoryData<string> Vendors => [.. Commands.Where(c => !c.StartsWith("rdsbq ", StringComparison.Ordinal))];

    [Fact]
    public void Every_command_is_one_line_of_a_program_that_people_have()
    {
        Assert.NotEmpty(Commands);
        Assert.All(Commands, c => Assert.Matches(@"^(aws|gcloud|bq|rdsbq) [^\n]+$", c));
    }

    [Fact]
    public void Commands_and_words_name_only_settings_that_exist()
    {
        var known = Documented().Matches(Readme).Select(m => m.Groups[1].Value).ToHashSet();
        Assert.Contains("KMS_KEY_ID", known);
        Assert.All(Commands, c => Assert.All(Variable().Matches(c), m => Assert.Contains(m.Groups[1].Value, known)));
        var words = Diagnoses.Table.SelectMany(r => Setting().Matches($"{r.Finding.Cause} {r.Finding.Mend}")).Select(m => m.Value);
        Assert.All(words.Where(w => w != "PROJECT_NUMBER"), w => Assert.Contains(w, known));
    }

    [Fact]
    public void Verbs_and_options_of_this_project_are_those_of_the_README()
    {
        var told = Diagnoses.Table.SelectMany(r => Verb().Matches($"{r.Finding.Mend}\n{r.Finding.Command}")).Select(m => m.Value.TrimEnd()).Distinct().ToList();
        Assert.Contains("rdsbq load --retry", told);
        Assert.All(told, verb => Assert.Contains($"`{verb}`", Readme.Replace("` (or no verb)", "`", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    [Fact]
    public void Pages_are_of_the_vendors() => Assert.All(
        Diagnoses.Table.Select(r => r.Finding.Page).OfType<string>(),
        p => Assert.Matches(@"^https://([a-z.]+\.)?(aws\.amazon\.com|cloud\.google\.com|slack\.com|slack-status\.com)(/|$)", p));

    [RequiresTheory("aws", "gcloud", "bq")]
    [MemberData(nameof(Vendors))]
    public Task The_vendor_s_program_understands_the_command(string command) => VendorCommand.AssertUnderstoodAsync(command);

    [GeneratedRegex("`([A-Z][A-Z0-9_]+)`")]
    private static partial Regex Documented();

    [GeneratedRegex(@"\$\{?([A-Z][A-Z0-9_]*)")]
    private static partial Regex Variable();

    [GeneratedRegex("[A-Z][A-Z0-9]*(_[A-Z0-9]+)+")]
    private static partial Regex Setting();

    [GeneratedRegex(@"rdsbq [a-z]+( --[a-z]+)?")]
    private static partial Regex Verb();
}
