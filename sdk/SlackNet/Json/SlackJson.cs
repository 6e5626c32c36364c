using System.Text.Json;
using System.Text.Json.Serialization;
using SlackNet.Blocks;
using SlackNet.WebApi;

namespace SlackNet.Json;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [typeof(ButtonStyleConverter), typeof(ParseModeConverter)])]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(ParseMode))]
[JsonSerializable(typeof(ActionsBlock))]
[JsonSerializable(typeof(ContextBlock))]
[JsonSerializable(typeof(DividerBlock))]
[JsonSerializable(typeof(HeaderBlock))]
[JsonSerializable(typeof(SectionBlock))]
[JsonSerializable(typeof(MessageMetadata))]
[JsonSerializable(typeof(WebApiResponse))]
[JsonSerializable(typeof(ErrorResponse))]
[JsonSerializable(typeof(AuthTestResponse))]
[JsonSerializable(typeof(PostMessageResponse))]
[JsonSerializable(typeof(MessageTsResponse))]
[JsonSerializable(typeof(MessageUpdateResponse))]
[JsonSerializable(typeof(ConversationHistoryResponse))]
[JsonSerializable(typeof(ConversationMessagesResponse))]
[JsonSerializable(typeof(ConversationResponse))]
internal sealed partial class SlackJson : JsonSerializerContext;

internal sealed class ButtonStyleConverter() : JsonStringEnumConverter<ButtonStyle>(JsonNamingPolicy.SnakeCaseLower);

internal sealed class ParseModeConverter() : JsonStringEnumConverter<ParseMode>(JsonNamingPolicy.SnakeCaseLower);
