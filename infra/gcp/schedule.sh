#!/usr/bin/env bash
# Two Cloud Scheduler entries: the daily export, and load every few minutes in the hours after it. An entry that somebody has paused stays paused.
#
#   infra/gcp/schedule.sh [--settings FILE] [--dry-run]
#
#   --settings FILE   the settings (infra/settings.env): EXPORT_SCHEDULE, LOAD_SCHEDULE, SCHEDULE_TIME_ZONE
#   --dry-run         print the commands that would be run, and run none that changes anything
#   --help            this text

# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
. "$here/lib.sh"
. "$here/names.sh"

# entry JOB SCHEDULE: starting is tried again three times, since what is started looks first; what came of the run Scheduler never knows.
entry() {
    local uri=https://run.googleapis.com/v2/projects/$PROJECT/locations/$REGION/jobs/$1:run verb=create
    local flags=(--schedule="$2" --time-zone="$TIME_ZONE" --uri="$uri" --http-method=POST --oauth-service-account-email="$SCHEDULER_SA" --max-retry-attempts=3)
    if look gcloud scheduler jobs describe "$1" --location="$REGION" --project="$PROJECT" \
        --format='value[separator="|"](schedule,timeZone,httpTarget.uri,httpTarget.httpMethod,httpTarget.oauthToken.serviceAccountEmail,retryConfig.retryCount)'; then
        [[ $LOOKED != "$2|$TIME_ZONE|$uri|POST|$SCHEDULER_SA|3" ]] || return 0
        verb=update
    fi
    run gcloud scheduler jobs "$verb" http "$1" --location="$REGION" --project="$PROJECT" "${flags[@]}"
}

options "$@"
((${#REST[@]} == 0)) || stop "unknown argument: ${REST[*]}" "mend: schedule.sh --help"
read_settings
read_names
step "Schedules: $EXPORT_JOB at $EXPORT_SCHEDULE, $LOAD_JOB at $LOAD_SCHEDULE ($TIME_ZONE)" "roles/cloudscheduler.admin, and roles/iam.serviceAccountUser on $SCHEDULER_SA,"
entry "$EXPORT_JOB" "$EXPORT_SCHEDULE"
entry "$LOAD_JOB" "$LOAD_SCHEDULE"
finish
