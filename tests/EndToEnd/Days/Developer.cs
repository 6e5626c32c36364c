namespace RdsBq.EndToEnd.Tests.Days;

/// <summary>A developer and an application: makes up a day's SQL. What came of it is read back from the database.</summary>
internal sealed class Developer
{
    private const int FewestTables = 6;
    private const int MostTables = 11;
    private readonly Random random;
    private readonly List<SourceModel> tables = [];
    private readonly List<string> sql = [];

    // Weighted: an application writes more often than a developer alters.
    private readonly IReadOnlyList<(int Weight, Action Do)> deeds;

    public Developer(Random random)
    {
        this.random = random;
        deeds =
        [
            (14, () => Insert(Any(), random.Next(1, 40))),
            (8, Update),
            (5, Delete),
            (3, () => Say($"truncate {Any().Quoted}")),
            (6, () => Add(Any())),
            (3, DropColumn),
            (3, () => RenameColumn(Any(), Names.Columns)),
            (6, ChangeType),
            (2, NotNull),
            (4, Create),
            (3, () => DropTable()),
            (2, RenameTable),
            (2, DropAndCreate),
            (2, () => RenameColumn(Any(), Names.BadColumns)),
        ];
    }

    /// <summary>The database's first day.</summary>
    public IReadOnlyList<string> Begin()
    {
        Say("create type mood as enum ('happy', 'it''s ok', 'so-so, \"really\"')");
        Say("create domain positive as integer check (value > 0)");
        Say($"create schema {Names.Quoted(Names.OtherSchema)}");
        Say("create schema audit");
        for (var i = 0; i < FewestTables + 1; i++) Create();
        return Said();
    }

    public IReadOnlyList<string> Day()
    {
        Mend();
        var total = deeds.Sum(d => d.Weight);
        for (var left = random.Next(2, 7); left > 0; left--)
        {
            var pick = random.Next(total);
            foreach (var (weight, deed) in deeds)
            {
                if ((pick -= weight) >= 0) continue;
                deed();
                break;
            }
        }
        return Said();
    }

    /// <summary>A column's bad name is noticed sooner or later.</summary>
    private void Mend()
    {
        foreach (var table in tables.Where(t => t.Columns.Exists(c => Names.BadColumns.Contains(c.Name)) && random.Next(2) == 0))
        {
            foreach (var column in table.Columns.Where(c => Names.BadColumns.Contains(c.Name)))
                Rename(table, column, Unused(table, Names.Columns));
        }
    }

    private SourceModel Any() => tables[random.Next(tables.Count)];

    private ColumnModel? AnyColumn(SourceModel table) => table.Columns.Count == 0 ? null : table.Columns[random.Next(table.Columns.Count)];

    private void Insert(SourceModel table, int rows)
    {
        var columns = string.Join(", ", table.Columns.Select(c => Names.Quoted(c.Name)).Prepend("id"));
        var values = Enumerable.Range(0, rows)
            .Select(_ => $"({string.Join(", ", table.Columns.Select(Value).Prepend($"{table.NextId++}"))})");
        Say($"insert into {table.Quoted} ({columns}) values {string.Join(",\n ", values)}");
        // Small for good.
        if (table.NextId % 5 == 0) Say($"delete from {table.Quoted} where id < {table.NextId - 150}");
    }

    private string Value(ColumnModel column) => !column.NotNull && random.Next(8) == 0 ? "null" : column.Kind.Value(random);

    private void Update()
    {
        var table = Any();
        if (AnyColumn(table) is { } column)
            Say($"update {table.Quoted} set {Names.Quoted(column.Name)} = {Value(column)} where id % {random.Next(1, 6)} = 0");
    }

    private void Delete() => Say($"delete from {Any().Quoted} where id % {random.Next(2, 5)} = 0");

    private void Add(SourceModel table)
    {
        var column = new ColumnModel(Unused(table, Names.Columns), Kind.All[random.Next(Kind.All.Count)]) { NotNull = random.Next(5) == 0 };
        table.Columns.Add(column);
        // A default of every kind; where NULL is allowed, one half of the time.
        var fallback = column.NotNull || random.Next(2) == 0 ? $" default {column.Kind.Usual(random)}" : "";
        var notNull = column.NotNull ? " not null" : "";
        Say($"alter table {table.Quoted} add {Names.Quoted(column.Name)} {column.Kind.Type}{fallback}{notNull}");
    }

    private void DropColumn()
    {
        var table = Any();
        if (AnyColumn(table) is not { } column) return;
        table.Columns.Remove(column);
        Say($"alter table {table.Quoted} drop {Names.Quoted(column.Name)}");
    }

    private void RenameColumn(SourceModel table, IReadOnlyList<string> names)
    {
        if (AnyColumn(table) is { } column) Rename(table, column, Unused(table, names));
    }

    private void Rename(SourceModel table, ColumnModel column, string name)
    {
        Say($"alter table {table.Quoted} rename {Names.Quoted(column.Name)} to {Names.Quoted(name)}");
        column.Name = name;
    }

    private void ChangeType()
    {
        var choices = tables
            .SelectMany(t => t.Columns.SelectMany(c => Kind.Changes[c.Kind.Type].Select(to => (Table: t, Column: c, Change: to))))
            .ToList();
        if (choices.Count == 0) return;
        var (table, column, change) = choices[random.Next(choices.Count)];
        var name = Names.Quoted(column.Name);
        // A default of the old type may not fit the new one.
        Say($"alter table {table.Quoted} alter {name} drop default");
        var values = change.Using.Replace("{0}", name, StringComparison.Ordinal);
        Say($"alter table {table.Quoted} alter {name} type {change.To} using {values}");
        column.Kind = Kind.Of(change.To);
    }

    private void NotNull()
    {
        var table = Any();
        if (AnyColumn(table) is not { } column) return;
        var name = Names.Quoted(column.Name);
        if (!column.NotNull) Say($"update {table.Quoted} set {name} = {column.Kind.Usual(random)} where {name} is null");
        Say($"alter table {table.Quoted} alter {name} {(column.NotNull ? "drop" : "set")} not null");
        column.NotNull = !column.NotNull;
    }

    private void Create()
    {
        if (tables.Count >= MostTables) return;
        var free = Names.Tables.Where(n => !tables.Exists(t => (t.Schema, t.Name) == n)).ToList();
        Create(free[random.Next(free.Count)]);
    }

    private void Create((string Schema, string Name) name)
    {
        var table = new SourceModel { Schema = name.Schema, Name = name.Name };
        tables.Add(table);
        Say($"create table {table.Quoted} (id bigint {(random.Next(3) == 0 ? "" : "primary key")})");
        for (var columns = random.Next(1, 9); columns > 0; columns--) Add(table);
        if (random.Next(6) != 0) Insert(table, random.Next(1, 60));
    }

    private (string Schema, string Name) DropTable()
    {
        var table = Any();
        if (tables.Count <= FewestTables) return (table.Schema, table.Name);
        tables.Remove(table);
        Say($"drop table {table.Quoted}");
        return (table.Schema, table.Name);
    }

    private void RenameTable()
    {
        var table = Any();
        var free = Names.Tables.Where(n => n.Schema == table.Schema && !tables.Exists(t => (t.Schema, t.Name) == n)).ToList();
        if (free.Count == 0) return;
        var name = free[random.Next(free.Count)].Name;
        Say($"alter table {table.Quoted} rename to {Names.Quoted(name)}");
        table.Name = name;
    }

    private void DropAndCreate()
    {
        var count = tables.Count;
        var name = DropTable();
        if (tables.Count < count) Create(name);
    }

    private string Unused(SourceModel table, IReadOnlyList<string> names)
    {
        var free = names.Where(n => !table.Columns.Exists(c => c.Name == n)).ToList();
        return free[random.Next(free.Count)];
    }

    private void Say(string statement) => sql.Add(statement);

    private List<string> Said()
    {
        List<string> said = [.. sql];
        sql.Clear();
        return said;
    }
}

/// <summary>As far as the developer remembers; every table has an <c>id</c> besides.</summary>
internal sealed class SourceModel
{
    public required string Schema { get; init; }

    public required string Name { get; set; }

    public List<ColumnModel> Columns { get; } = [];

    public int NextId { get; set; } = 1;

    public string Quoted => $"{Names.Quoted(Schema)}.{Names.Quoted(Name)}";
}

internal sealed class ColumnModel(string name, Kind kind)
{
    public string Name { get; set; } = name;

    public Kind Kind { get; set; } = kind;

    public bool NotNull { get; set; }
}
