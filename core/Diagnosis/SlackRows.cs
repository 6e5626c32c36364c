namespace RdsBq.Core.Diagnosis;

/// <summary>Error codes of Slack's Web API: https://docs.slack.dev/reference/methods/chat.postMessage#errors.</summary>
internal static class SlackRows
{
    private const string Apps = "https://api.slack.com/apps";

    private const string Newer = "gcloud secrets versions add \"$SLACK_TOKEN_SECRET\" --project=\"$GOOGLE_CLOUD_PROJECT\" --data-file=-";

    public static IReadOnlyList<DiagnosisRow> All { get; } =
    [
        Row(["channel_not_found"], new(
            "slack-channel-unknown",
            "Slack has no channel SLACK_CHANNEL, or the bot may not see it, as is so with a private channel that it is not in.",
            "Set SLACK_CHANNEL to the channel's id. Invite the bot if the channel is private: /invite and the "
                + "bot's name.")),
        Row(["not_in_channel"], new(
            "slack-bot-outside",
            "The bot is not a member of the channel SLACK_CHANNEL.",
            "Invite it in the channel with /invite and its name, or give its app the scope chat:write.public and install it again.",
            Page: Apps)),
        Row(["is_archived"], new(
            "slack-channel-archived", "The channel SLACK_CHANNEL has been archived.", "Unarchive it in Slack, or set SLACK_CHANNEL to "
                + "another channel.")),
        Row(["not_authed", "invalid_auth", "account_inactive", "token_revoked", "token_expired"], new(
            "slack-token-refused",
            "Slack does not accept the bot's token: it is wrong, has been revoked, or its app was taken out of the workspace.",
            "Copy the app's bot token (xoxb-…) and paste it into the secret SLACK_TOKEN_SECRET, with Ctrl-D behind it.",
            Newer,
            Apps)),
        Row(["missing_scope", "no_permission"], new(
            "slack-scope-missing",
            "The bot's token lacks a right that this call needs.",
            "Give the app the bot scopes chat:write and, to find its own messages again, channels:history (groups:history for a "
                + "private channel). "
                + "Install it in the workspace again. If the token changes, put the new one into the secret.",
            Newer,
            Apps)),
        Row(["restricted_action…", "ekm_access_denied", "team_access_not_granted"], new(
            "slack-workspace-forbids",
            "A rule of the Slack workspace keeps the bot from posting in this channel.",
            "Ask an administrator of the workspace to let the app post there, or set SLACK_CHANNEL to a channel where it may.")),
        Row(["cannot_reply_to_message", "message_not_found", "thread_not_found", "cant_update_message", "edit_window_closed"], new(
            "slack-message-closed",
            "The Slack message that was to be answered or updated is gone, or can't be changed any more.",
            "Nothing for this run: its receipts are in the ledger, and the next run gets a message of its own. Let the bot's messages "
                + "stand.",
            "rdsbq status")),
        Row(
            [
                "no_text", "msg_too_long", "msg_blocks_too_long", "invalid_blocks", "invalid_blocks_format", "too_many_attachments", "invalid_arg_name",
                "invalid_charset", "missing_post_type", "invalid_metadata_format", "invalid_metadata_schema", "metadata_too_large",
            ],
            new(
                "slack-message-refused",
                "Slack refuses the message itself: that is a fault of this program, not of a setting.",
                "See what it was to say with the command, and report the log's line with Slack's error code to this project.",
                "rdsbq status")),
        Row(["ratelimited", "rate_limited", "message_limit_exceeded"], new(
            "slack-rate-limited", "Slack takes no more messages from this bot or workspace for now.", "Nothing: it is tried again.", Passes: true)),
        Row(["fatal_error", "internal_error", "service_unavailable", "request_timeout"], new(
            "slack-fault",
            "Slack had an error of its own.",
            "Nothing: it is tried again. If it lasts, the page says what Slack knows of it.",
            Page: "https://slack-status.com",
            Passes: true)),
    ];

    private static DiagnosisRow Row(string[] codes, Finding finding) => new(DiagnosisKind.Slack, [.. codes.Select(c => $"^{c}$")], finding);
}
