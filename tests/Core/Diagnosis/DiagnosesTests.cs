using RdsBq.Core.Diagnosis;
using RdsBq.Core.Exports;
using RdsBq.Core.Tables;

namespace RdsBq.Core.Tests.Diagnosis;

public sealed class DiagnosesTests
{
    // Of two rows that both take a text the first is meant; these pairs are all there are.
    private static readonly HashSet<(string First, string Second)> Precedence =
    [
        // The text about a bucket that isn't valid names the region as one of two reasons.
        ("export-bucket-missing", "export-bucket-region"),
        ("export-bucket-missing", "export-bucket-unwritable"), ("export-bucket-denied", "export-bucket-unwritable"), ("export-key-disabled", "export-bucket-unwritable"),
        ("transfer-bucket-closed", "transfer-bucket-denied"), ("transfer-bucket-denied", "transfer-files-denied"), ("transfer-dataset-denied", "transfer-files-denied"),
        ("transfer-schema", "transfer-load-failed"),
    ];

    public static TheoryData<DiagnosisKind, string, string> Texts()
    {
        var data = new TheoryData<DiagnosisKind, string, string>();
        foreach (var (kind, text, id) in Documented.All) data.Add(kind, text, id);
        return data;
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Every_documented_text_has_its_cause_and_its_mend(DiagnosisKind kind, string text, string id)
    {
        foreach (var spelled in (string[])[text, "  " + text + "\n", text.ToUpperInvariant(), text.ToLowerInvariant()])
        {
            // An ending that nobody writes in capitals is not cut off.
            if (kind is DiagnosisKind.Aws or DiagnosisKind.AwsSignIn && spelled != text) continue;
            Assert.Equal(id, Look(kind, spelled)?.Id);
        }
        var found = Look(kind, text)!;
        Assert.True(found.Cause.Replace(text, "", StringComparison.OrdinalIgnoreCase).Length > 25 && found.Mend.Length > 20, $"{found.Id} says little");
        Assert.EndsWith(".", found.Cause, StringComparison.Ordinal);
        Assert.EndsWith(".", found.Mend, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_row_has_a_documented_text()
    {
        var reached = Documented.All.Select(d => d.Id).Concat(OwnReasons.Select(r => r.Id)).ToHashSet();
        Assert.All(Diagnoses.Table, r => Assert.Contains(r.Finding.Id, reached));
    }

    [Fact]
    public void No_row_takes_a_text_of_another_but_where_the_order_is_meant()
    {
        foreach (var (kind, text, id) in Documented.All)
        {
            var lines = kind is DiagnosisKind.Aws or DiagnosisKind.AwsSignIn ? [Diagnoses.Bare(text)] : text.Replace('’', '\'').Split('\n', StringSplitOptions.TrimEntries);
            foreach (var row in Diagnoses.Table.Where(r => r.Kind == kind && r.Finding.Id != id && lines.Any(r.Takes)))
                Assert.True(Precedence.Contains((id, row.Finding.Id)), $"'{text}' is {id}, and {row.Finding.Id} takes it too");
        }
    }

    [Fact]
    public void Ids_are_each_row_s_own_and_begin_with_what_failed()
    {
        var ids = Diagnoses.Table.Select(r => r.Finding.Id).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(ids, id => Assert.Matches("^(export|table|aws|transfer|slack)(-[a-z]+)+$", id));
    }

    [Fact]
    public void Codes_are_taken_whole()
    {
        Assert.Null(Diagnoses.OfSlack("invalid_auth_of_tomorrow"));
        Assert.Null(Diagnoses.OfSlack("my_no_text"));
        Assert.Null(Diagnoses.OfAwsError("AccessDeniedByTheMoon"));
        Assert.Null(Diagnoses.OfAwsError("NotThrottling"));
    }

    [Fact]
    public void Of_STS_a_refusal_is_the_trust_policy_s_and_elsewhere_a_right_that_is_missing()
    {
        Assert.Equal("aws-token-refused", Diagnoses.OfAwsSignIn("AccessDenied")?.Id);
        Assert.Equal("aws-denied", Diagnoses.OfAwsError("AccessDenied")?.Id);
        Assert.Equal("aws-throttled", Diagnoses.OfAwsSignIn("ThrottlingException")?.Id);
        Assert.Equal("aws-sts-region", Diagnoses.OfAwsError("RegionDisabledException")?.Id);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \r\n ")]
    [InlineData("Something that nobody has written down yet.")]
    public void Unknown_texts_have_none(string? text) => Assert.All(Enum.GetValues<DiagnosisKind>(), kind => Assert.Null(Look(kind, text)));

    [Theory]
    [MemberData(nameof(DocumentedTransfers.Harmless), MemberType = typeof(DocumentedTransfers))]
    public void What_says_nothing_of_a_cause_has_none(string line) => Assert.Null(Diagnoses.OfTransfer(line));

    [Fact]
    public void The_line_that_knows_wins_over_the_general_ones_around_it()
    {
        var log = "INVALID_ARGUMENT Dispatched run to data source with id 1\nNumber of files in transfer exceeds limit of "
            + "10,000.\nSummary: succeeded 0 jobs, failed 1 jobs.";
        Assert.Equal("transfer-too-big", Diagnoses.OfTransfer(log)?.Id);
    }

    [Theory]
    [InlineData("""{"skippedTables":[],"skippedObjectives":[],"general":[{"reason":"FAILED_TO_EXTRACT_TABLES_LIST_FOR_DATABASE"}]}""", "table-list-failed")]
    [InlineData("""{"skippedTables":[{"target":"shop.public.orders","reason":"PERMISSIONS_DO_NOT_EXIST"}]}""", "table-no-privileges")]
    [InlineData("""{"skippedTables":[{"table":"shop.public.a","reason":"COLUMN_WITH_UNSUPPORTED_CHARACTER_IN_NAME"}]}""", "table-column-characters")]
    public void A_warning_message_is_known_once_it_is_in_words(string warning, string id) =>
        Assert.Equal(id, Diagnoses.OfWarning(Assert.Single(ExportWarnings.Reasons(warning)))?.Id);

    [Fact]
    public void The_reasons_that_this_project_gives_itself_are_known() =>
        Assert.All(OwnReasons, r => Assert.Equal(r.Id, Diagnoses.OfWarning(r.Reason)?.Id));

    [Fact]
    public void What_passes_is_what_the_ledger_s_decider_tries_again()
    {
        Assert.All((string[])["RESOURCE_EXHAUSTED", "UNAVAILABLE", "INTERNAL", "ABORTED", "DEADLINE_EXCEEDED"], code => Assert.True(Diagnoses.OfTransfer(code)?.Passes));
        Assert.All((string[])["PERMISSION_DENIED", "Access Denied", "Not found: Table p:d.t"], text => Assert.False(Diagnoses.OfTransfer(text)?.Passes));
    }

    // Made by the code that gives them, so that other words there are noticed here.
    private static IReadOnlyList<(string Reason, string Id)> OwnReasons =>
    [
        (ExportLayout.TransferProblem(new SourceTable("shop", "public", "a*b"))!, "table-name-wildcard"),
        (LandingSchema.Problem([Named("a b;")])!, "table-column-refused"),
        (LandingSchema.Problem([Named("")])!, "table-column-refused"),
        (LandingSchema.Problem([Named("_TABLE_x")])!, "table-column-refused"),
        (LandingSchema.Problem([Named("a"), Named("A")])!, "table-column-refused"),
        (Assert.Throws<StopException>(() => LandingSchema.FromParquet([new ParquetColumn("at", "INT96", "DECIMAL", Required: false)], null)).Message, "table-type-refused"),
    ];

    private static Column Named(string name) => new(name, "STRING", "NULLABLE", null, 0, null);

    private static Finding? Look(DiagnosisKind kind, string? text) => kind switch
    {
        DiagnosisKind.Export => Diagnoses.OfExportFailure(text),
        DiagnosisKind.Warning => Diagnoses.OfWarning(text),
        DiagnosisKind.Aws => Diagnoses.OfAwsError(text?.Trim()),
        DiagnosisKind.AwsSignIn => Diagnoses.OfAwsSignIn(text?.Trim()),
        DiagnosisKind.Transfer => Diagnoses.OfTransfer(text),
        _ => Diagnoses.OfSlack(text),
    };
}
