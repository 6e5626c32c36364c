namespace SlackNet;

/// <summary>How messages become JSON: from <see cref="Default.JsonSettings"/>. The genuine type wraps Newtonsoft.Json settings; this one has none.</summary>
public class SlackJsonSettings
{
    internal SlackJsonSettings()
    {
    }
}
