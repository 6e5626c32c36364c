using RdsBq.Export.Checking;
using RdsBq.Export.Reporting;

namespace RdsBq.Export;

internal sealed partial class Wiring
{
    /// <summary>For one check. Longer than one call's own limit with one repetition.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <param name="plain">Without colour.</param>
    public DoctorVerb DoctorVerb(TextWriter output, bool plain)
    {
        IReadOnlyList<Check> checks = [.. SettingsChecks.Of(settings), .. AwsChecks(), .. GoogleChecks()];
        return new DoctorVerb(new Examination(checks, time, Patience), new DoctorScreen(new Screen(output, plain)), output);
    }
}
