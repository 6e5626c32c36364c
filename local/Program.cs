using System.CommandLine;
using System.Runtime.InteropServices;
using RdsBq.Local;
using RdsBq.Local.Story;

using var stop = new CancellationTokenSource();
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);

var speed = new Option<double>("--speed") { Description = "How much faster than real time the clouds' clock runs: a 15-minute export takes 15 s at 60.", DefaultValueFactory = _ => 60, Recursive = true };
var source = new Option<string?>("--source") { Description = "Export a real PostgreSQL instead of the sample shop: an Npgsql connection string, \"Host=…;Database=…\".", Recursive = true };
var mysql = new Option<bool>("--mysql") { Description = "Let the settings name the sample's MySQL instance rather than its PostgreSQL cluster.", Recursive = true };
var scale = new Option<double>("--scale") { Description = "Size of the sample shop; 1 is about 275,000 rows.", DefaultValueFactory = _ => 1, Recursive = true };
var once = new Option<bool>("--once") { Description = "End after the story instead of staying up." };
var serve = new Command("serve", "Start the local cloud alone: print an export line for every setting and endpoint, then 'ready', and run until SIGTERM or Ctrl-C.");
var root = new RootCommand("RDS, S3, BigQuery and Slack on this machine: plays the way of a database from a snapshot to proven views with the shipped job and function.")
{
    speed, source, mysql, scale, once, serve,
};
serve.SetAction((parsed, _) => Serving.RunAsync(Read(parsed), Console.Out, stop.Token));
root.SetAction((parsed, _) => StoryRun.RunAsync(Read(parsed), parsed.GetValue(once), Console.Out, stop.Token));
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });

LocalOptions Read(ParseResult parsed) => new(parsed.GetValue(speed), parsed.GetValue(source), parsed.GetValue(mysql), parsed.GetValue(scale));

void End(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}
