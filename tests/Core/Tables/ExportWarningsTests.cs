using RdsBq.Core.Tables;

namespace RdsBq.Core.Tests.Tables;

public class ExportWarningsTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("  ", "")]
    [InlineData("{}", "")]
    [InlineData("""{"skippedTables":[],"skippedObjectives":[],"general":[]}""", "")]
    [InlineData("""{"skippedTables":[],"skippedObjectives":[],"general":[{"reason":"FAILED_TO_EXTRACT_TABLES_LIST_FOR_DATABASE"}]}""", "FAILED_TO_EXTRACT_TABLES_LIST_FOR_DATABASE")]
    [InlineData("""{"skippedTables":[{"target":"shop.public.orders","reason":"PERMISSIONS_DO_NOT_EXIST"}]}""", "PERMISSIONS_DO_NOT_EXIST: shop.public.orders")]
    [InlineData("""{"SkippedTables":[{"Table":"a.b.c","Reason":"R1"},{"tableName":"d","reason":"R2"}],"general":[{"reason":"R3"}]}""", "R1: a.b.c|R2: d|R3")]
    [InlineData("""{"skippedTables":["shop.public.orders"]}""", "skippedTables: shop.public.orders")]
    [InlineData("""{"skippedTables":[{"target":"shop.public.orders"}]}""", "shop.public.orders")]
    [InlineData("""{"general":[{"code":7}]}""", "code: 7")]
    [InlineData("""[{"reason":"R"},{"reason":"R"}]""", "R")]
    [InlineData("some tables were skipped", "some tables were skipped")]
    [InlineData("{broken", "{broken")]
    public void A_warning_is_put_in_words_whatever_its_shape(string? message, string expected) =>
        Assert.Equal(expected, string.Join('|', ExportWarnings.Reasons(message)));
}
