using System.Text.Json.Nodes;

namespace RdsBq.Local.BigQuery.Sql;

/// <summary>Queries, DDL and DML (standard-sql/query-syntax, data-definition-language, dml-syntax).</summary>
internal sealed class StatementParser
{
    private readonly Cursor cursor;
    private readonly Scope scope;

    private StatementParser(string sql, Scope scope)
    {
        cursor = new Cursor(sql);
        this.scope = scope;
    }

    public static Statement Parse(string sql, Scope scope)
    {
        var parser = new StatementParser(sql, scope);
        var statement = parser.Statement();
        parser.cursor.Skip(";");
        if (parser.cursor.Current.Kind != TokenKind.End)
            throw parser.cursor.Is(";") || parser.cursor.IsIdentifier
                ? parser.cursor.Unexpected("Expected end of input but got")
                : parser.cursor.Unexpected("Unexpected");
        return statement;
    }

    /// <summary>A view's body.</summary>
    public static string ParseQuery(string sql, Scope scope) =>
        Parse(sql, scope) is SelectStatement select ? select.Sql : throw BigQueryException.InvalidQuery("A view's query must be a SELECT");

    private Statement Statement()
    {
        if (cursor.Is("SELECT") || cursor.Is("WITH") || cursor.Is("(")) return new SelectStatement(new Translator(cursor, scope).Query());
        if (cursor.Skip("CREATE")) return Create();
        if (cursor.Skip("DROP")) return Drop();
        if (cursor.Skip("INSERT")) return Insert();
        if (cursor.Skip("DELETE")) return Delete();
        if (cursor.Skip("UPDATE")) return Update();
        string[] known = ["MERGE", "ALTER", "TRUNCATE", "DECLARE", "BEGIN", "SET", "CALL", "EXPORT", "LOAD", "GRANT", "REVOKE", "ASSERT", "EXECUTE", "FROM"];
        if (known.FirstOrDefault(word => cursor.Is(word)) is { } missing) throw BigQueryException.Missing($"{missing} statements");
        throw cursor.Unexpected("Unexpected");
    }

    private Statement Create()
    {
        var orReplace = cursor.Skip("OR", "REPLACE");
        var view = cursor.Skip("VIEW");
        if (!view && !cursor.Skip("TABLE")) throw BigQueryException.Missing($"CREATE {cursor.Current.Text.ToUpperInvariant()}");
        var ifNotExists = cursor.Skip("IF", "NOT", "EXISTS");
        var path = Translator.TablePath(cursor);
        return view ? CreateView(path, orReplace, ifNotExists) : CreateTable(path, orReplace, ifNotExists);
    }

    private CreateViewStatement CreateView(IReadOnlyList<string> path, bool orReplace, bool ifNotExists)
    {
        List<(string, string?)>? columns = null;
        if (cursor.Skip("("))
        {
            columns = [];
            do
            {
                var name = cursor.Identifier();
                var options = Options();
                columns.Add((name, ColumnDescription(options)));
            }
            while (cursor.Skip(",") && !cursor.Is(")"));
            cursor.Expect(")");
        }
        var given = Options();
        cursor.Expect("AS");
        var start = cursor.Current.Start;
        _ = new Translator(cursor, scope).Query();
        return new CreateViewStatement(path, orReplace, ifNotExists, columns, given, cursor.Sql[start..cursor.Current.Start].TrimEnd());
    }

    private CreateTableStatement CreateTable(IReadOnlyList<string> path, bool orReplace, bool ifNotExists)
    {
        if (cursor.Is("LIKE") || cursor.Is("COPY") || cursor.Is("CLONE"))
            throw BigQueryException.Missing($"CREATE TABLE {cursor.Current.Text.ToUpperInvariant()}");
        var fields = cursor.Skip("(") ? Fields() : null;
        if (cursor.Is("PARTITION") || cursor.Is("CLUSTER")) throw BigQueryException.Missing("PARTITION BY and CLUSTER BY in CREATE TABLE");
        var options = Options();
        var query = cursor.Skip("AS") ? new Translator(cursor, scope).Query() : null;
        if (fields is null && query is null) throw cursor.Unexpected("Expected \"(\" or keyword AS but got");
        if (fields is not null && query is not null) throw BigQueryException.Missing("CREATE TABLE with both columns and a query");
        return new CreateTableStatement(path, orReplace, ifNotExists, fields, options, query);
    }

    private JsonArray Fields()
    {
        var fields = new JsonArray();
        do
        {
            if (cursor.Is(")")) break;
            var field = new JsonObject { ["name"] = cursor.Identifier() };
            var word = cursor.Take().Text;
            var array = word.Equals("ARRAY", StringComparison.OrdinalIgnoreCase) && cursor.Skip("<");
            if (array) word = cursor.Take().Text;
            field["type"] = SqlTypes.Rest(
                SqlTypes.Canonical(word) ?? throw BigQueryException.Missing($"a column of type {word} in CREATE TABLE"));
            if (array) cursor.Expect(">");
            if (cursor.Is("(")) throw BigQueryException.Missing("parameterized column types");
            var required = cursor.Skip("NOT", "NULL");
            field["mode"] = array ? "REPEATED" : required ? "REQUIRED" : "NULLABLE";
            if (ColumnDescription(Options()) is { } description) field["description"] = description;
            fields.Add(field);
        }
        while (cursor.Skip(","));
        cursor.Expect(")");
        return fields;
    }

    /// <summary>OPTIONS(name = value, …), empty where there is none. Texts and numbers are JSON values, labels an object, anything else
    /// <c>{"sql": DuckDB's text}</c>.</summary>
    private JsonObject Options()
    {
        var options = new JsonObject();
        if (!cursor.Skip("OPTIONS", "(")) return options;
        while (!cursor.Skip(")"))
        {
            var name = cursor.Identifier().ToLowerInvariant();
            cursor.Expect("=");
            options[name] = name == "labels" ? Labels() : Value();
            if (!cursor.Skip(",") && !cursor.Is(")")) throw cursor.Unexpected("Expected \")\" or \",\" but got");
        }
        return options;
    }

    private static string? ColumnDescription(JsonObject options) =>
        options.FirstOrDefault(o => o.Key != "description") is { Key: { } other }
            ? throw BigQueryException.Missing($"the column option {other}")
            : options["description"]?.GetValue<string>();

    private JsonObject Labels()
    {
        var labels = new JsonObject();
        cursor.Expect("[");
        while (!cursor.Skip("]"))
        {
            cursor.Skip("STRUCT");
            cursor.Expect("(");
            var key = Text();
            cursor.Expect(",");
            labels[key] = Text();
            cursor.Expect(")");
            cursor.Skip(",");
        }
        return labels;
    }

    private string Text() =>
        cursor.Current.Kind == TokenKind.Text ? cursor.Take().Text : throw cursor.Unexpected("Expected string literal but got");

    private JsonNode? Value()
    {
        var last = cursor.Ahead(1).Is(",") || cursor.Ahead(1).Is(")");
        if (last && cursor.Current.Kind == TokenKind.Text) return cursor.Take().Text;
        if (last && cursor.Current.Kind == TokenKind.Integer) return cursor.Integer();
        if (last && cursor.Skip("NULL")) return null;
        return new JsonObject { ["sql"] = new Translator(cursor, scope).Expression() };
    }

    private DropStatement Drop()
    {
        var view = cursor.Skip("VIEW");
        if (!view && !cursor.Skip("TABLE")) throw BigQueryException.Missing($"DROP {cursor.Current.Text.ToUpperInvariant()}");
        var ifExists = cursor.Skip("IF", "EXISTS");
        return new DropStatement(view, Translator.TablePath(cursor), ifExists);
    }

    private ChangeStatement Insert()
    {
        cursor.Skip("INTO");
        var path = Translator.TablePath(cursor);
        var columns = "";
        if (cursor.Is("(") && !cursor.Ahead(1).Is("SELECT") && !cursor.Ahead(1).Is("WITH"))
        {
            cursor.Expect("(");
            var names = new List<string>();
            do names.Add(SqlText.Name(cursor.Identifier()));
            while (cursor.Skip(","));
            cursor.Expect(")");
            columns = $" ({string.Join(", ", names)})";
        }
        if (!cursor.Skip("VALUES"))
            return new ChangeStatement(
                "INSERT", path, $"INSERT INTO {ChangeStatement.Table}{columns} {new Translator(cursor, scope).Query()}");
        var translator = new Translator(cursor, scope);
        var rows = new List<string>();
        do
        {
            cursor.Expect("(");
            var values = new List<string>();
            do values.Add(translator.Expression());
            while (cursor.Skip(","));
            cursor.Expect(")");
            rows.Add($"({string.Join(", ", values)})");
        }
        while (cursor.Skip(","));
        return new ChangeStatement("INSERT", path, $"INSERT INTO {ChangeStatement.Table}{columns} VALUES {string.Join(", ", rows)}");
    }

    private ChangeStatement Delete()
    {
        cursor.Skip("FROM");
        var (path, alias) = Target();
        cursor.Expect("WHERE");
        return new ChangeStatement(
            "DELETE", path, $"DELETE FROM {ChangeStatement.Table} AS {alias} WHERE {new Translator(cursor, scope).Expression()}");
    }

    private ChangeStatement Update()
    {
        var (path, alias) = Target();
        cursor.Expect("SET");
        var translator = new Translator(cursor, scope);
        var sets = new List<string>();
        do
        {
            var column = SqlText.Name(cursor.Identifier());
            cursor.Expect("=");
            sets.Add($"{column} = {translator.Expression()}");
        }
        while (cursor.Skip(","));
        if (cursor.Is("FROM")) throw BigQueryException.Missing("UPDATE … FROM");
        cursor.Expect("WHERE");
        return new ChangeStatement(
            "UPDATE", path, $"UPDATE {ChangeStatement.Table} AS {alias} SET {string.Join(", ", sets)} WHERE {translator.Expression()}");
    }

    private (IReadOnlyList<string> Path, string Alias) Target()
    {
        var path = Translator.TablePath(cursor);
        var alias = cursor.Skip("AS") || (cursor.IsIdentifier && !cursor.Is("SET")) ? cursor.Identifier() : path[^1];
        return (path, SqlText.Name(alias));
    }
}
