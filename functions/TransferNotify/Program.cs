using Google.Cloud.Functions.Hosting;
using RdsBq.Core;
using RdsBq.TransferNotify;

// Refused here rather than at the first event: a function that cannot work must not take messages.
FunctionSettings.Read(FunctionSettings.OfThisProcess(), out var problems);
foreach (var problem in problems) await Console.Error.WriteLineAsync(problem.ToString());
return problems.Count > 0 ? StopException.BadSettings : await EntryPoint.StartAsync(typeof(Function), args);
