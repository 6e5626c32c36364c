namespace RdsBq.Local.Hosting;

/// <summary>
/// The local cloud's time: starts at the machine's time and runs <c>speed</c> times as fast. At speed 0 only <see cref="Advance"/> moves it.
/// Data (exports, transfer runs, tables) lives on this clock; identity (tokens, signatures, credentials) lives on the machine's,
/// because the clients that sign and expire them do.
/// </summary>
public sealed class LocalClock(TimeProvider machine, double speed = 1) : TimeProvider
{
    private readonly Lock gate = new();
    private DateTimeOffset anchorMachine = machine.GetUtcNow();
    private DateTimeOffset anchorLocal = machine.GetUtcNow();
    private double speed = speed;

    public TimeProvider Machine => machine;

    public double Speed
    {
        get
        {
            lock (gate) return speed;
        }
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            lock (gate)
            {
                anchorLocal = Now();
                anchorMachine = machine.GetUtcNow();
                speed = value;
            }
        }
    }

    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        lock (gate) anchorLocal += by;
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate) return Now();
    }

    private DateTimeOffset Now() => anchorLocal + ((machine.GetUtcNow() - anchorMachine) * speed);
}
