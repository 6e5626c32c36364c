using System.Text;
using SlackNet.Json;

namespace SlackNet;

public interface ISlackUrlBuilder
{
    /// <param name="args">Become the query; null values are left out.</param>
    string Url(string apiMethod, Dictionary<string, object> args);
}

internal sealed class SlackUrlBuilder : ISlackUrlBuilder
{
    public string Url(string apiMethod, Dictionary<string, object> args)
    {
        var url = new StringBuilder("https://slack.com/api/").Append(apiMethod);
        var separator = '?';
        foreach (var (name, value) in args)
        {
            if (value is null) continue;
            var text = value as string ?? Wire.Write(value);
            url.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(text));
            separator = '&';
        }
        return url.ToString();
    }
}
