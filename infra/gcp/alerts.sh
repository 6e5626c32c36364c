# shellcheck shell=bash
# Two alert policies for what Slack can't tell: that an ERROR line was written (the product writes one that begins with "Not told on Slack"
# when Slack could not be reached), and that a job's execution failed (also one that never got as far as writing a line).

alerts() {
    step "Alerts" roles/monitoring.editor
    channel
    # The policies commands are alpha, the channels' beta; the API below both is version 3.
    look gcloud alpha monitoring policies list --project="$PROJECT" --format='csv[no-heading,separator="|"](displayName,name,userLabels.rdsbq)' || true
    POLICIES_FOUND=$LOOKED
    policy "$PREFIX: ERROR lines" "$(error_lines)"
    policy "$PREFIX: failed executions" "$(failed_executions)"
}

channel() {
    CHANNEL=
    if [[ -z $ALERT_EMAIL ]]; then
        echo "  ALERT_EMAIL is not set: incidents are shown in the console, and nobody is written to"
        return 0
    fi
    look gcloud beta monitoring channels list --project="$PROJECT" --filter="type=email AND labels.email_address=$ALERT_EMAIL" --format='value(name)' --limit=1 || true
    CHANNEL=$LOOKED
    [[ -z $CHANNEL ]] || return 0
    run gcloud beta monitoring channels create --project="$PROJECT" --display-name="$PREFIX: $ALERT_EMAIL" --type=email --channel-labels="email_address=$ALERT_EMAIL"
    ((DRY_RUN)) || look gcloud beta monitoring channels list --project="$PROJECT" --filter="type=email AND labels.email_address=$ALERT_EMAIL" --format='value(name)' --limit=1
    CHANNEL=$LOOKED
}

# policy TITLE JSON: what was wanted is kept in a label, as a checksum: the API gives policies back with fields of its own.
policy() {
    local file=$work/policy.json name sum line
    sum=c$(cksum <<< "$2" | cut -d' ' -f1)
    line=$(grep -F "$1|" <<< "$POLICIES_FOUND" | head -1 || true)
    [[ $line != *"|$sum" ]] || return 0
    jq --arg sum "$sum" '.userLabels = {rdsbq: $sum}' <<< "$2" > "$file"
    if [[ -z $line ]]; then
        run gcloud alpha monitoring policies create --project="$PROJECT" --policy-from-file="$file"
    else
        name=${line#*|}
        run gcloud alpha monitoring policies update "${name%|*}" --project="$PROJECT" --policy-from-file="$file"
    fi
    ((DRY_RUN)) && shown "$file"
    return 0
}

# A log match takes one condition and a pause between notifications.
error_lines() {
    jq -n --arg title "$PREFIX: ERROR lines" --arg channel "$CHANNEL" --arg filter "severity>=ERROR AND (
  (resource.type=\"cloud_run_job\" AND resource.labels.job_name=(\"$EXPORT_JOB\" OR \"$LOAD_JOB\"))
  OR (resource.type=\"cloud_run_revision\" AND resource.labels.service_name=\"$SERVICE\"))" '{
        displayName: $title, combiner: "OR", enabled: true,
        notificationChannels: [$channel | select(. != "")],
        alertStrategy: {notificationRateLimit: {period: "3600s"}, autoClose: "86400s"},
        documentation: {mimeType: "text/markdown", content: "A job or the function of RdsBq has written an ERROR line: the line says what to do. One that begins with `Not told on Slack` holds what Slack should have said."},
        conditions: [{displayName: "ERROR lines", conditionMatchedLog: {filter: $filter}}]}'
}

# One failed export is told. load runs every few minutes, and ends with a failure also where the next run mends it: three in half an hour are told.
failed_executions() {
    jq -n --arg title "$PREFIX: failed executions" --arg channel "$CHANNEL" --arg export "$EXPORT_JOB" --arg load "$LOAD_JOB" '
        def failed(job; more; period): {displayName: "\(job) has failed", conditionThreshold: {
            filter: "resource.type = \"cloud_run_job\" AND resource.labels.job_name = \"\(job)\" AND metric.type = \"run.googleapis.com/job/completed_execution_count\" AND metric.labels.result = \"failed\"",
            comparison: "COMPARISON_GT", thresholdValue: more, duration: "0s",
            aggregations: [{alignmentPeriod: period, perSeriesAligner: "ALIGN_DELTA", crossSeriesReducer: "REDUCE_SUM"}]}};
        {displayName: $title, combiner: "OR", enabled: true,
        notificationChannels: [$channel | select(. != "")],
        alertStrategy: {autoClose: "86400s"},
        documentation: {mimeType: "text/markdown", content: "The execution'"'"'s last log lines say the reason and what to do. Exit code 64: settings; 1: needs a person; 75: the next run tries again."},
        conditions: [failed($export; 0; "300s"), failed($load; 2; "1800s")]}'
}
