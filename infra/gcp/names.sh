# shellcheck shell=bash disable=SC2034
# The names of everything that the scripts make, from the settings; and which settings each of the two programs is given.

# The README's settings table says what each means; a test holds the two and the programs together.
JOB_SETTINGS=(
    ENV DB_CLUSTER_IDENTIFIER DB_INSTANCE_IDENTIFIER DATABASE_NAME S3_EXPORT_BUCKET_NAME S3_EXPORT_PREFIX S3_EXPORT_IAM_ROLE_ARN KMS_KEY_ID
    AWS_REGION AWS_ROLE_ARN AWS_TOKEN_AUDIENCE EXPORT_ID_TEMPLATE SNAPSHOT_TYPE TARGET_TABLES GOOGLE_CLOUD_PROJECT BIGQUERY_LOCATION
    BIGQUERY_DATASET PUBLISH TYPES DROPPED_TABLE_GRACE FRESHNESS LANDING_RETENTION LOAD_DEADLINE TRANSFER_NOTIFICATION_TOPIC READY_TOPIC
    AWS_ACCESS_KEY_ID_SECRET AWS_SECRET_ACCESS_KEY_SECRET NOTIFY SLACK_CHANNEL SLACK_TOKEN_SECRET
)
FUNCTION_SETTINGS=(
    ENV DATABASE_NAME GOOGLE_CLOUD_PROJECT BIGQUERY_LOCATION BIGQUERY_DATASET PUBLISH TYPES READY_TOPIC NOTIFY SLACK_CHANNEL
    SLACK_TOKEN_SECRET
)

read_names() {
    need ENV DATABASE_NAME GOOGLE_CLOUD_PROJECT BIGQUERY_LOCATION TRANSFER_NOTIFICATION_TOPIC CLOUD_RUN_REGION
    PROJECT=${SETTINGS[GOOGLE_CLOUD_PROJECT]}
    REGION=${SETTINGS[CLOUD_RUN_REGION]}
    PREFIX=${SETTINGS[INFRA_PREFIX]:-rdsbq}
    [[ $PREFIX =~ ^[a-z][a-z0-9-]{1,17}$ ]] || stop "INFRA_PREFIX='$PREFIX'; expected 2 to 18 lower-case letters, digits and hyphens: service accounts are named after it"

    JOB_SA=$PREFIX-job@$PROJECT.iam.gserviceaccount.com
    NOTIFY_SA=$PREFIX-notify@$PROJECT.iam.gserviceaccount.com
    PUSH_SA=$PREFIX-push@$PROJECT.iam.gserviceaccount.com
    SCHEDULER_SA=$PREFIX-scheduler@$PROJECT.iam.gserviceaccount.com
    BUILD_SA=$PREFIX-build@$PROJECT.iam.gserviceaccount.com

    # Two Cloud Run jobs of one image: a schedule that gave one job its verb would need the right to override any of its arguments and environment.
    EXPORT_JOB=$PREFIX-export
    LOAD_JOB=$PREFIX-load
    SERVICE=$PREFIX-notify
    REPOSITORY=$PREFIX
    IMAGE=$REGION-docker.pkg.dev/$PROJECT/$REPOSITORY/rdsbq
    BUCKET=$PROJECT-$PREFIX-build
    ROLES=${PREFIX//-/_}

    TOPIC=${SETTINGS[TRANSFER_NOTIFICATION_TOPIC]}
    READY=${SETTINGS[READY_TOPIC]:-}
    [[ $TOPIC == projects/*/topics/* ]] || stop "TRANSFER_NOTIFICATION_TOPIC='$TOPIC'; expected projects/<project>/topics/<topic>"
    DEAD_TOPIC=projects/$PROJECT/topics/$PREFIX-dead-letters
    DEAD_SUBSCRIPTION=$PREFIX-dead-letters
    SUBSCRIPTION=$PREFIX-notify

    # As WarehouseSettings reads it.
    local database=${SETTINGS[DATABASE_NAME]}
    DATASET=${SETTINGS[BIGQUERY_DATASET]:-}
    if [[ -z $DATASET ]]; then
        [[ $database != *,* ]] || stop "BIGQUERY_DATASET is not set; it has no default for several databases"
        DATASET=${database}_${SETTINGS[ENV]}_rds_data
        DATASET=${DATASET//[^A-Za-z0-9_]/_}
    fi
    LANDING=${DATASET}_landing

    KEY_ID_SECRET=${SETTINGS[AWS_ACCESS_KEY_ID_SECRET]:-access_key_id}
    KEY_SECRET=${SETTINGS[AWS_SECRET_ACCESS_KEY_SECRET]:-secret_access_key}
    SLACK_SECRET=${SETTINGS[SLACK_TOKEN_SECRET]:-}

    EXPORT_SCHEDULE=${SETTINGS[EXPORT_SCHEDULE]:-5 3 * * *}
    # The window is as long as LOAD_DEADLINE, so that a run which is overdue is told.
    LOAD_SCHEDULE=${SETTINGS[LOAD_SCHEDULE]:-*/5 3-16 * * *}
    TIME_ZONE=${SETTINGS[SCHEDULE_TIME_ZONE]:-Etc/UTC}
    ALERT_EMAIL=${SETTINGS[ALERT_EMAIL]:-}
}
