#!/usr/bin/env bash
# Gives the two Cloud Run jobs and the service an image and the settings. What has them already is left alone.
#
#   infra/gcp/deploy.sh --image IMAGE [--settings FILE] [--dry-run]
#
#   --image IMAGE     the image that both programs lie in, as docker pushed it
#   --settings FILE   the settings (infra/settings.env; infra/settings.env.example explains them)
#   --dry-run         print the commands that would be run, and run none that changes anything
#   --help            this text
#
# bootstrap.sh has been run before: it makes the jobs, the service, and who may call them. Nothing here touches who may do what.

# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
. "$here/lib.sh"
. "$here/names.sh"

# environment NAME...: of these settings those that have a value, as the YAML file that gcloud takes: no character has to be escaped but the quote.
environment() {
    local name
    for name in "$@"; do
        [[ -z ${SETTINGS[$name]:-} ]] || printf "%s: '%s'\n" "$name" "${SETTINGS[$name]//\'/\'\'}"
    done
}

# wanted SETTING...: the same as it is told by describe, below the other lines.
wanted() {
    local name
    for name in "$@"; do
        [[ -z ${SETTINGS[$name]:-} ]] || printf 'env %s=%s\n' "$name" "${SETTINGS[$name]}"
    done
}

# shape CONTAINERS TEMPLATE FIELD...: one line a field, then one a variable.
shape() {
    local at="$1.containers[0]" template=$1 fields
    shift
    fields=$(printf ',%s' "$@")
    printf 'value[separator="\n"](%s.image,%s.command.join(" "),%s.args.join(" "),%s.resources.limits.cpu,%s.resources.limits.memory,%s.serviceAccountName,%s.timeoutSeconds%s,%s.env.map().format("env {0}={1}",name,value).list(separator="\n"))' \
        "$at" "$at" "$at" "$at" "$at" "$template" "$template" "$fields" "$at"
}

same() { [[ $(sort <<< "$1" | sed '/^$/d') == $(sort <<< "$2" | sed '/^$/d') ]]; }

missing() { stop "$1 is not there." "mend: infra/gcp/bootstrap.sh --settings $SETTINGS_FILE"; }

# job NAME VERB. No retries: both verbs look first, so that the next run is the retry; a person's rights are not asked three times more.
job() {
    local file=$work/$1.yaml spec=spec.template.spec.template.spec
    look gcloud run jobs describe "$1" --region="$REGION" --project="$PROJECT" --format="$(shape $spec $spec.maxRetries)" || missing "Cloud Run job $1"
    same "$LOOKED" "$(printf '%s\n' "$DEPLOYED" rdsbq "$2" 1 512Mi "$JOB_SA" 1800 0; wanted "${JOB_SETTINGS[@]}")" && return 0
    environment "${JOB_SETTINGS[@]}" > "$file"
    run gcloud run jobs update "$1" --region="$REGION" --project="$PROJECT" --image="$DEPLOYED" --command=rdsbq --args="$2" --service-account="$JOB_SA" \
        --tasks=1 --max-retries=0 --task-timeout=30m --cpu=1 --memory=512Mi --env-vars-file="$file"
    shown "$file"
}

# Three instances with eight events each keep up with the end of hundreds of transfers, and do not crowd BigQuery. 600 seconds are the push subscription's.
service() {
    local file=$work/$SERVICE.yaml spec=spec.template.spec
    look gcloud run services describe "$SERVICE" --region="$REGION" --project="$PROJECT" \
        --format="$(shape $spec $spec.containerConcurrency "spec.template.metadata.annotations['autoscaling.knative.dev/maxScale']")" || missing "Cloud Run service $SERVICE"
    same "$LOOKED" "$(printf '%s\n' "$DEPLOYED" RdsBq.TransferNotify 1 512Mi "$NOTIFY_SA" 600 8 3; wanted "${FUNCTION_SETTINGS[@]}")" && return 0
    environment "${FUNCTION_SETTINGS[@]}" > "$file"
    run gcloud run services update "$SERVICE" --region="$REGION" --project="$PROJECT" --image="$DEPLOYED" --command=RdsBq.TransferNotify --args= \
        --service-account="$NOTIFY_SA" --timeout=600 --concurrency=8 --max-instances=3 --cpu=1 --memory=512Mi --env-vars-file="$file"
    shown "$file"
}

options "$@"
DEPLOYED=
for ((i = 0; i < ${#REST[@]}; i++)); do
    case ${REST[i]} in
        --image=*) DEPLOYED=${REST[i]#*=} ;;
        --image) i=$((i + 1)) DEPLOYED=${REST[i]:-} ;;
        *) stop "unknown argument: ${REST[i]}" "mend: deploy.sh --help" ;;
    esac
done
read_settings
read_names
need DATABASE_NAME S3_EXPORT_BUCKET_NAME S3_EXPORT_IAM_ROLE_ARN KMS_KEY_ID AWS_REGION
[[ -n $DEPLOYED ]] || stop "No --image." "mend: deploy.sh --image $IMAGE:TAG"
step "Cloud Run jobs $EXPORT_JOB and $LOAD_JOB, service $SERVICE: $DEPLOYED" "roles/run.developer, and roles/iam.serviceAccountUser on their accounts,"
job "$EXPORT_JOB" export
job "$LOAD_JOB" load
service
finish
