using RdsBq.Export;
using RdsBq.Export.Settings;

using var signals = new Signals();
return await Job.RunAsync(
    args, JobSettings.ProcessEnvironment(), Console.Out, Console.Error, TimeProvider.System, !Console.IsErrorRedirected, signals.Token);
