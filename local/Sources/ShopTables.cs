namespace RdsBq.Local.Sources;

internal sealed class ShopTables(Engine engine)
{
    private const long Customers = 20_000;
    private const long Orders = 60_000;

    private static readonly DateTime Opening = new(2023, 4, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly string[] Months = ["2024_01", "2024_02", "2024_03"];

    private static readonly string[] Opinions =
        ["Great! 👍👍", "\"Meh\", he said", "Broke after 2 days…\r\nSad.", "とても良い", "null", "<b>&amp;</b>"];

    private readonly SampleColumns c = new(engine);

    private string Schema => engine == Engine.PostgreSql ? "public" : "shop";

    public IEnumerable<ShopTable> All() =>
    [
        ShopCustomers(), Products(), ShopOrders(), OrderItems(), Payments(), Reviews(), Sessions(), PageViews(), Returns(),
        EveryType(), Log(),
    ];

    private ShopTable ShopCustomers() => new(
        new SourceTable(Schema, "customers",
        [
            c.Big("id"), c.Varchar("email", 255), c.Varchar("name", 100), c.Char("country", 2), c.Day("birthday", true), c.Bool("vip"),
            c.Stamp("joined_at"), c.Json("preferences", true),
        ]),
        Customers,
        (row, i, version, dice) =>
        {
            var name = dice.Pick(
                1, "Aiko Tanaka", "Zoë O'Brien", "Nguyễn Văn An", "Łukasz Wójcik", "Maria \"Mia\" Garcia", "山田 太郎", "Sam Doe");
            row.Int(i + 1).Text($"customer{i + 1}@example.com").Text(name).Text(dice.Pick(2, "JP", "IE", "VN", "PL", "MX", "US"));
            if (dice.Roll(3, 5) == 0) row.Null();
            else row.Day(new DateTime(1950, 1, 1).AddDays(dice.Roll(4, 20_000)));
            row.Bool(dice.Roll(5, 20) == 0 || version > 0).Stamp(At(dice, 6));
            if (dice.Roll(7, 3) == 0) row.Null();
            else row.Text(
                $$"""{"theme": "{{dice.Pick(8, "dark", "light")}}", "newsletter": {{(dice.Roll(9, 2) == 0 ? "true" : "false")}}}""");
        });

    private ShopTable Products() => new(
        new SourceTable(Schema, "products",
            [
                c.Int("id"), c.Varchar("sku", 20), c.Text("title"), c.Money("price", 9), c.Double("weight_kg", true),
                c.Small("stock"), c.Bool("discontinued"),
            ]),
        2_000,
        (row, i, version, dice) =>
        {
            row.Int(i + 1).Text($"SKU-{i + 1:d6}").Text(
                $"{dice.Pick(1, "Blue", "Round", "Folding", "Tiny 🐟")} {dice.Pick(2, "lamp", "chair", "teapot", "kite")}");
            row.Money(dice.Roll(3, 100_000) + (version * 10));
            if (dice.Roll(4, 10) == 0) row.Null();
            else row.Float(dice.Roll(5, 50_000) / 1000.0);
            row.Int(dice.Roll(6, 500) - version).Bool(dice.Roll(7, 50) == 0);
        });

    private ShopTable ShopOrders() => new(
        new SourceTable(Schema, "orders",
            [c.Big("id"), c.Big("customer_id"), c.Varchar("status", 20), c.Money("total"), c.Instant("placed_at"), c.Text("note", true)]),
        Orders,
        (row, i, version, dice) =>
        {
            var status = version > 0 ? "shipped" : dice.Pick(1, "placed", "paid", "shipped", "delivered");
            row.Int(i + 1).Int(1 + (long)(dice.Roll(2) % Customers)).Text(status).Money(dice.Roll(3, 5_000_000)).Instant(At(dice, 4));
            if (dice.Roll(5, 4) > 0) row.Null();
            else row.Text(dice.Pick(6, "", "Leave it at the door", "Ring twice,\nthen wait; please", "C:\\gifts\ttab"));
        });

    // A key of two columns: RDS can't split it and writes several batch folders.
    private ShopTable OrderItems() => new(
        new SourceTable(Schema, "order_items", [c.Big("order_id"), c.Small("line"), c.Int("product_id"), c.Int("quantity"), c.Money("price", 9)])
        {
            Splittable = false,
        },
        90_000,
        (row, i, version, dice) =>
            row.Int((i / 2) + 1).Int((i % 2) + 1).Int(dice.Roll(1, 2_000) + 1).Int(dice.Roll(2, 5) + 1 + version).Money(dice.Roll(3, 100_000)));

    private ShopTable Payments() => new(
        new SourceTable(
            Schema, "payments",
            [c.Big("id"), c.Big("order_id"), c.Money("amount"), c.Char("currency", 3), c.Varchar("method", 10), c.Instant("paid_at", true)]),
        40_000,
        (row, i, version, dice) =>
        {
            row.Int(i + 1).Int(1 + (long)(dice.Roll(1) % Orders)).Money(dice.Roll(2, 5_000_000)).Text(dice.Pick(3, "JPY", "EUR", "USD"));
            row.Text(dice.Pick(4, "card", "transfer", "konbini"));
            if (version == 0 && dice.Roll(5, 30) == 0) row.Null();
            else row.Instant(At(dice, 6));
        });

    private ShopTable Reviews() => new(
        new SourceTable(
            Schema, "reviews", [c.Big("id"), c.Int("product_id"), c.Small("stars"), c.Text("body", true), c.Stamp("written_at")]),
        10_000,
        (row, i, version, dice) =>
        {
            row.Int(i + 1).Int(dice.Roll(1, 2_000) + 1).Int(dice.Roll(2, 5) + 1);
            if (dice.Roll(3, 8) == 0) row.Null();
            else row.Text($"{dice.Pick(4, Opinions)} ({version})");
            row.Stamp(At(dice, 5));
        });

    private ShopTable Sessions() => new(
        new SourceTable(Schema, "sessions", [c.Uuid("id"), c.Big("customer_id", true), c.Instant("started_at"), c.Double("minutes"), c.Varchar("agent", 200)])
        {
            Splittable = false,
        },
        15_000,
        (row, i, version, dice) =>
        {
            row.Uuid(dice.Roll(1), dice.Roll(2));
            if (dice.Roll(3, 3) == 0) row.Null();
            else row.Int(1 + (long)(dice.Roll(4) % Customers));
            row.Instant(At(dice, 5)).Float((dice.Roll(6, 10_000) / 100.0) + version).Text(
                dice.Pick(7, "Mozilla/5.0 (X11; Linux x86_64)", "curl/8.5", "shop-app/3.1 (iOS)"));
        });

    private ShopTable PageViews() => new(
        new SourceTable(Schema, "page_views", [c.Big("id"), c.Varchar("path", 200), c.Int("milliseconds", true), c.Stamp("seen_at")])
        {
            Partitions = Months,
        },
        30_000,
        (row, i, version, dice) =>
        {
            row.Int(i + 1).Text($"/products/{dice.Roll(1, 2_000) + 1}?v={version}");
            if (dice.Roll(2, 20) == 0) row.Null();
            else row.Int(dice.Roll(3, 4_000));
            row.Stamp(At(dice, 4));
        });

    private ShopTable Returns() => new(
        new SourceTable(
            Schema, "returns",
            [c.Big("id"), c.Big("order_id"), c.Text("reason", true), c.Money("refund", nullable: true), c.Instant("returned_at")]), 0, (_, _, _, _) => { })
    {
        Fixed = true,
    };

    private ShopTable Log() => new(
        engine == Engine.PostgreSql ? new SourceTable("audit", "log_entries", LogColumns()) : new SourceTable(
            Schema, "audit_log", LogColumns()),
        8_000,
        (row, i, version, dice) =>
            row.Int(i + 1).Instant(At(dice, 1)).Text(dice.Pick(2, "login", "logout", "price changed")).Text(
                $$"""{"ip": "192.0.2.{{dice.Roll(3, 255)}}", "try": {{version + 1}}}"""));

    private SourceColumn[] LogColumns() => [c.Big("id"), c.Instant("at"), c.Varchar("action", 50), c.Json("detail")];

    private ShopTable EveryType()
    {
        var (columns, rows) = engine == Engine.PostgreSql ? PostgresEveryType.Table : MySqlEveryType.Table;
        return new ShopTable(
            new SourceTable(Schema, "every_type", columns),
            rows.Count,
            (row, i, _, _) =>
            {
                foreach (var value in rows[(int)i]) row.Any(value);
            })
        {
            Fixed = true,
        };
    }

    private static DateTime At(Dice dice, int salt) =>
        Opening.AddSeconds(dice.Roll(salt, 40_000_000)).AddMicroseconds(dice.Roll(salt + 100, 4) * 250_500);
}
