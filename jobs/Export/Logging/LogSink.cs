namespace RdsBq.Export.Logging;

/// <summary>Where log lines go: standard error, or above a live display while there is one.</summary>
internal sealed class LogSink(TextWriter error)
{
    private readonly Lock gate = new();
    private Action<string>? detour;

    public void Write(string line)
    {
        lock (gate)
        {
            if (detour is not null) detour(line);
            else error.WriteLine(line);
        }
    }

    /// <summary>Sends the lines elsewhere until the result is disposed.</summary>
    public IDisposable Through(Action<string> writeLine)
    {
        lock (gate) detour = writeLine;
        return new Return(this);
    }

    private sealed class Return(LogSink sink) : IDisposable
    {
        public void Dispose()
        {
            lock (sink.gate) sink.detour = null;
        }
    }
}
