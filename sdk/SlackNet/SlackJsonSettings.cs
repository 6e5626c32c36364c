namespace SlackNet;

/// <summary>How messages become JSON. The genuine type wraps Newtonsoft.Json settings; this one has none.</summary>
public class SlackJsonSettings
{
    internal SlackJsonSettings()
    {
    }
}
