# shellcheck shell=bash
# Topics, subscriptions and datasets.

# topic NAME: its full name.
topic() {
    look gcloud pubsub topics describe "$1" --project="$PROJECT" --format='value(name)' && return 0
    run gcloud pubsub topics create "$1" --project="$PROJECT"
    fresh "pubsub topics" "$1"
}

topics() {
    local transfers=serviceAccount:service-$NUMBER@gcp-sa-bigquerydatatransfer.iam.gserviceaccount.com
    step "Topics" roles/pubsub.admin
    topic "$TOPIC"
    # The transfer service publishes by the topic's own policy; its project role does not hold that right.
    granted "pubsub topics" "$TOPIC" roles/pubsub.publisher "$transfers" || agent bigquerydatatransfer
    grant "pubsub topics" "$TOPIC" roles/pubsub.publisher "$transfers"
    grant "pubsub topics" "$TOPIC" "projects/$PROJECT/roles/${ROLES}_topic" "serviceAccount:$JOB_SA"
    topic "$DEAD_TOPIC"
    [[ -n $READY ]] || return 0
    topic "$READY"
    grant "pubsub topics" "$READY" roles/pubsub.publisher "serviceAccount:$JOB_SA"
    grant "pubsub topics" "$READY" roles/pubsub.publisher "serviceAccount:$NOTIFY_SA"
}

subscriptions() {
    local pubsub=serviceAccount:service-$NUMBER@gcp-sa-pubsub.iam.gserviceaccount.com
    step "Subscriptions" roles/pubsub.admin
    dead_letters "$pubsub"
    pushes
    # Only with this may Pub/Sub acknowledge here what it has moved to the dead letters.
    grant "pubsub subscriptions" "$SUBSCRIPTION" roles/pubsub.subscriber "$pubsub"
    grant "pubsub subscriptions" "$SUBSCRIPTION" "projects/$PROJECT/roles/${ROLES}_subscription" "serviceAccount:$JOB_SA"
}

# What ten deliveries could not bring to the function is kept here for people, 31 days: the longest there is.
dead_letters() {
    granted "pubsub topics" "$DEAD_TOPIC" roles/pubsub.publisher "$1" || agent pubsub
    grant "pubsub topics" "$DEAD_TOPIC" roles/pubsub.publisher "$1"
    look gcloud pubsub subscriptions describe "$DEAD_SUBSCRIPTION" --project="$PROJECT" --format='value(name)' && return 0
    run gcloud pubsub subscriptions create "$DEAD_SUBSCRIPTION" --project="$PROJECT" --topic="$DEAD_TOPIC" --message-retention-duration=31d --expiration-period=never
}

# Push to the function, as an account that may call it and nothing else. 600 seconds are the most that Pub/Sub waits, and the function's own timeout.
pushes() {
    local flags wanted found
    flags=(--push-endpoint="$URL/" --push-auth-service-account="$PUSH_SA" --push-auth-token-audience="$URL" --ack-deadline=600
        --dead-letter-topic="$DEAD_TOPIC" --max-delivery-attempts=10 --min-retry-delay=10s --max-retry-delay=600s --expiration-period=never)
    wanted="$TOPIC|$URL/|$PUSH_SA|$URL|600|$DEAD_TOPIC|10|10s|600s|"
    if look gcloud pubsub subscriptions describe "$SUBSCRIPTION" --project="$PROJECT" --format='value[separator="|"](topic,pushConfig.pushEndpoint,
        pushConfig.oidcToken.serviceAccountEmail,pushConfig.oidcToken.audience,ackDeadlineSeconds,deadLetterPolicy.deadLetterTopic,
        deadLetterPolicy.maxDeliveryAttempts,retryPolicy.minimumBackoff,retryPolicy.maximumBackoff,expirationPolicy.ttl)'; then
        found=$LOOKED
        [[ $found != "$wanted" ]] || return 0
        [[ $found == "$TOPIC|"* ]] || stop "Subscription $SUBSCRIPTION is one of topic ${found%%|*}, which can't be changed." \
            "mend: gcloud pubsub subscriptions delete $SUBSCRIPTION --project=$PROJECT, then run this script again"
        run gcloud pubsub subscriptions update "$SUBSCRIPTION" --project="$PROJECT" "${flags[@]}"
    else
        run gcloud pubsub subscriptions create "$SUBSCRIPTION" --project="$PROJECT" --topic="$TOPIC" "${flags[@]}"
        fresh "pubsub subscriptions" "$SUBSCRIPTION"
    fi
}

datasets() {
    step "Datasets" roles/bigquery.admin
    dataset "$DATASET" "What RdsBq publishes: views that people query"
    dataset "$LANDING" "Where RdsBq lands exports; read it through the views" "$DATASET"
}

# dataset ID DESCRIPTION [VIEWS]: VIEWS is the dataset whose views may read this one, so that readers need no right on the landing tables.
dataset() {
    local location=${SETTINGS[BIGQUERY_LOCATION]} found='{}' wanted
    if look bq --headless=true --project_id="$PROJECT" --format=json show --dataset "$PROJECT:$1"; then
        found=$LOOKED
        [[ $(jq -r '.location | ascii_downcase' <<< "$found") == "${location,,}" ]] || stop "Dataset $1 is in $(jq -r .location <<< "$found"), not in $location; a dataset can't move." \
            "mend: BIGQUERY_LOCATION, or another BIGQUERY_DATASET"
    else
        run bq --headless=true --project_id="$PROJECT" --location="$location" mk --dataset --description="$2" "$PROJECT:$1"
        # A new dataset already has entries of BigQuery's own, which the update below must give again.
        ((DRY_RUN)) || { look bq --headless=true --project_id="$PROJECT" --format=json show --dataset "$PROJECT:$1"; found=$LOOKED; }
    fi
    wanted=$(jq --arg project "$PROJECT" --arg job "$JOB_SA" --arg notify "$NOTIFY_SA" --arg roles "projects/$PROJECT/roles/$ROLES" --arg views "${3:-}" '
        def entries: [{role: ($roles + "_job_data"), userByEmail: $job}, {role: ($roles + "_notify_data"), userByEmail: $notify}]
            + if $views == "" then [] else [{dataset: {dataset: {projectId: $project, datasetId: $views}, targetTypes: ["VIEWS"]}}] end;
        (.access // []) as $old | {access: ($old + (entries - $old))}' <<< "$found")
    [[ $(jq -c '.access | length' <<< "$wanted") != $(jq -c '.access // [] | length' <<< "$found") ]] || return 0
    printf '%s\n' "$wanted" > "$work/$1.json"
    run bq --headless=true --project_id="$PROJECT" update --source="$work/$1.json" --dataset "$PROJECT:$1"
    ((DRY_RUN)) && shown "$work/$1.json"
    return 0
}
