namespace RdsBq.Local.Hosting;

/// <summary>
/// One scripted fault, as posted to <c>/_local/faults</c>. It meets calls whose operation equals <see cref="Operation"/> (or starts with it, when it ends in
/// <c>*</c>) and whose subject contains <see cref="Subject"/>; the first <see cref="Skip"/> of them pass, and of the rest a <see cref="Share"/> is hit, at most <see cref="Times"/>.
/// </summary>
/// <param name="Action">
/// <c>error</c>: answer <see cref="Status"/>/<see cref="Code"/>/<see cref="Message"/> in the service's own error shape ·
/// <c>hang</c>: never answer (<see cref="When"/> says whether the call took effect) ·
/// <c>drop</c>: cut the connection · <c>delay</c>: answer after <see cref="DelayMs"/> of real time ·
/// any other word is the service's own: it is asked for by name through <c>Faults.Take</c> (see local/README.md).
/// </param>
/// <param name="When"><c>before</c>: the call has no effect · <c>after</c>: it takes effect, only the answer suffers.</param>
/// <param name="RetryAfter">Seconds that an error's Retry-After asks for; 0: what the service says by itself.</param>
/// <param name="Share">Above 0, at most 1. Which calls it takes depends on <paramref name="Seed"/> and on their order alone.</param>
public sealed record Fault(
    string Operation, string Action, string Subject = "", string When = "before", int Skip = 0, int Times = 1,
    int Status = 500, string Code = "InternalFailure", string Message = "Scripted fault.", int DelayMs = 0, int RetryAfter = 0,
    double Share = 1, int Seed = 0)
{
    public bool IsTransport => Action is "error" or "hang" or "drop" or "delay";
}

/// <summary>The scripted faults, in the order in which they were posted. Each call consumes at most one.</summary>
public sealed class Faults
{
    private sealed class Armed(Fault fault)
    {
        private readonly Random draw = new(fault.Seed);

        public Fault Fault => fault;

        public int Skip { get; set; } = fault.Skip;

        public int Times { get; set; } = fault.Times;

        public bool IsDrawn() => fault.Share >= 1 || draw.NextDouble() < fault.Share;
    }

    private readonly Lock gate = new();
    private readonly List<Armed> armed = [];

    public void Add(Fault fault)
    {
        lock (gate) armed.Add(new Armed(fault));
    }

    public void Clear()
    {
        lock (gate) armed.Clear();
    }

    public IReadOnlyList<Fault> Remaining
    {
        get
        {
            lock (gate) return [.. armed.Where(a => a.Times > 0).Select(a => a.Fault with { Skip = a.Skip, Times = a.Times })];
        }
    }

    /// <summary>The transport fault that this call meets, if any.</summary>
    public Fault? TakeTransport(string operation, string subject) => Take(operation, subject, f => f.IsTransport);

    /// <summary>The fault of the service's own kind <paramref name="action"/> that this operation and subject meet, if any.</summary>
    public Fault? Take(string operation, string subject, string action) => Take(operation, subject, f => f.Action == action);

    private Fault? Take(string operation, string subject, Func<Fault, bool> wanted)
    {
        lock (gate)
        {
            foreach (var a in armed)
            {
                if (a.Times <= 0 || !wanted(a.Fault) || !Matches(a.Fault.Operation, operation) || !subject.Contains(a.Fault.Subject, StringComparison.Ordinal))
                    continue;
                if (a.Skip > 0)
                {
                    a.Skip--;
                    continue;
                }
                if (!a.IsDrawn()) continue;
                a.Times--;
                return a.Fault;
            }
            return null;
        }
    }

    private static bool Matches(string pattern, string operation) =>
        pattern.EndsWith('*') ? operation.StartsWith(pattern[..^1], StringComparison.Ordinal) : operation == pattern;
}
