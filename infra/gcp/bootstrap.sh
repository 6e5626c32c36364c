#!/usr/bin/env bash
# Makes, once, all that the two programs need in a Google Cloud project: APIs, service accounts, roles, secrets (without values), topics,
# datasets, image repository, the Cloud Run jobs and service (with a placeholder image until deploy.sh runs), the push subscription, alerts.
# Run it again at any time: it looks first and changes only what differs. Nothing is ever deleted.
#
#   infra/gcp/bootstrap.sh [--settings FILE] [--dry-run]
#
#   --settings FILE   the settings (infra/settings.env; infra/settings.env.example explains them)
#   --dry-run         print the commands that would be run, and run none that changes anything
#   --help            this text
#
# The caller is an owner of the project, or has the rights that each step names when it stops for want of one.

# shellcheck source-path=SCRIPTDIR
set -euo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
. "$here/lib.sh"
. "$here/names.sh"
. "$here/iam.sh"
. "$here/data.sh"
. "$here/alerts.sh"

apis() {
    local api missing=()
    step "APIs" roles/serviceusage.serviceUsageAdmin
    look gcloud services list --enabled --project="$PROJECT" --format='value(config.name)' || true
    for api in artifactregistry bigquery bigquerydatatransfer cloudbuild cloudresourcemanager cloudscheduler iam logging monitoring pubsub run secretmanager storage; do
        grep -qxF "$api.googleapis.com" <<< "$LOOKED" || missing+=("$api.googleapis.com")
    done
    ((${#missing[@]} == 0)) || run gcloud services enable "${missing[@]}" --project="$PROJECT"
    look gcloud projects describe "$PROJECT" --format='value(projectNumber)' || stop "There is no project $PROJECT." "mend: GOOGLE_CLOUD_PROJECT, or gcloud projects create $PROJECT"
    NUMBER=$LOOKED
}

account() {
    local email=$1@$PROJECT.iam.gserviceaccount.com
    grep -qxF "$email" <<< "$ACCOUNTS" && return 0
    run gcloud iam service-accounts create "$1" --project="$PROJECT" --display-name="$2"
    fresh "iam service-accounts" "$email"
}

accounts() {
    step "Service accounts" roles/iam.serviceAccountAdmin
    look gcloud iam service-accounts list --project="$PROJECT" --format='value(email)' || true
    ACCOUNTS=$LOOKED
    account "$PREFIX-job" "RdsBq: the jobs export and load"
    account "$PREFIX-notify" "RdsBq: the function that proves and publishes"
    account "$PREFIX-push" "RdsBq: Pub/Sub calls the function as this"
    account "$PREFIX-scheduler" "RdsBq: Cloud Scheduler starts the jobs as this"
    account "$PREFIX-build" "RdsBq: Cloud Build builds and deploys as this"
}

# Custom roles wherever the smallest predefined one holds rights that nothing here uses.
roles() {
    step "Roles" roles/iam.roleAdmin
    # Transfers are made and started with bigquery.transfers.update. The predefined role with it is bigquery.admin, which reads and deletes every dataset of the project.
    role "${ROLES}_job" "RdsBq job" bigquery.jobs.create bigquery.transfers.get bigquery.transfers.update
    # Given on the two datasets only. The policy rights are BigQuery's own condition for making a transfer into a dataset (since March 2026).
    # dataOwner would add routines, models, row policies, and deleting the dataset.
    role "${ROLES}_job_data" "RdsBq job, on its datasets" bigquery.datasets.get bigquery.datasets.getIamPolicy bigquery.datasets.setIamPolicy bigquery.datasets.update \
        bigquery.tables.create bigquery.tables.delete bigquery.tables.get bigquery.tables.getData bigquery.tables.list bigquery.tables.update bigquery.tables.updateData
    # bigquery.user would add listing and making datasets, and reservations.
    role "${ROLES}_notify" "RdsBq function" bigquery.jobs.create bigquery.transfers.get
    # dataEditor would add deleting tables, routines and models; CREATE OR REPLACE VIEW takes tables.create and tables.update.
    role "${ROLES}_notify_data" "RdsBq function, on its datasets" bigquery.datasets.get \
        bigquery.tables.create bigquery.tables.get bigquery.tables.getData bigquery.tables.list bigquery.tables.update bigquery.tables.updateData
    # secretAccessor lacks versions.get, by which sync sees that keys are newer than the configs; secretmanager.viewer would show all secrets' metadata.
    role "${ROLES}_secret" "RdsBq job, on its secrets" secretmanager.versions.access secretmanager.versions.get
    # Whoever names a notification topic in a config must be able to let the transfer service publish on it; pubsub.admin would add deleting and publishing.
    role "${ROLES}_topic" "RdsBq job, on the notification topic" pubsub.topics.get pubsub.topics.getIamPolicy pubsub.topics.setIamPolicy
    # For doctor, which says whether finished runs reach the function; pubsub.viewer would add snapshots and schemas.
    role "${ROLES}_subscription" "RdsBq job, on the push subscription" pubsub.subscriptions.get
    # cloudscheduler.admin would add deleting and running any entry.
    role "${ROLES}_schedules" "RdsBq build, schedules" cloudscheduler.jobs.create cloudscheduler.jobs.get cloudscheduler.jobs.list cloudscheduler.jobs.update
    grant projects "$PROJECT" "projects/$PROJECT/roles/${ROLES}_job" "serviceAccount:$JOB_SA"
    grant projects "$PROJECT" "projects/$PROJECT/roles/${ROLES}_notify" "serviceAccount:$NOTIFY_SA"
    grant projects "$PROJECT" "projects/$PROJECT/roles/${ROLES}_schedules" "serviceAccount:$BUILD_SA"
    # A build that runs as an account of its own writes its log itself.
    grant projects "$PROJECT" roles/logging.logWriter "serviceAccount:$BUILD_SA"
    # Deploying a thing that runs as an account takes actAs on that account, on no other.
    local sa
    for sa in "$JOB_SA" "$NOTIFY_SA" "$SCHEDULER_SA"; do grant "iam service-accounts" "$sa" roles/iam.serviceAccountUser "serviceAccount:$BUILD_SA"; done
}

# agent SERVICE EMAIL: a service's own account exists once the service has been used; where something is granted to it, it has to exist before.
agent() { run gcloud beta services identity create --service="$1.googleapis.com" --project="$PROJECT"; }

secret() {
    if ! grep -qxF "${1##*/}" <<< "$SECRETS"; then
        run gcloud secrets create "$1" --project="$PROJECT" --replication-policy=automatic
        fresh secrets "$1"
    fi
    grant secrets "$1" "projects/$PROJECT/roles/${ROLES}_secret" "serviceAccount:$JOB_SA"
}

secrets() {
    step "Secrets (their values are yours to add: see the end)" roles/secretmanager.admin
    look gcloud secrets list --project="$PROJECT" --format='value(name.basename())' || true
    SECRETS=$LOOKED
    secret "$KEY_ID_SECRET"
    secret "$KEY_SECRET"
    [[ -n $SLACK_SECRET ]] || return 0
    secret "$SLACK_SECRET"
    grant secrets "$SLACK_SECRET" roles/secretmanager.secretAccessor "serviceAccount:$NOTIFY_SA"
}

repository() {
    step "Image repository, and a bucket for the sources of builds" "roles/artifactregistry.admin and roles/storage.admin"
    if ! look gcloud artifacts repositories describe "$REPOSITORY" --location="$REGION" --project="$PROJECT" --format='value(format)'; then
        run gcloud artifacts repositories create "$REPOSITORY" --location="$REGION" --project="$PROJECT" --repository-format=docker --description="RdsBq images"
        fresh "artifacts repositories" "$REPOSITORY"
    fi
    grant "artifacts repositories" "$REPOSITORY" roles/artifactregistry.writer "serviceAccount:$BUILD_SA"
    # The bucket that gcloud builds submit makes by itself holds the sources of every build of the project.
    if ! look gcloud storage buckets describe "gs://$BUCKET" --project="$PROJECT" --format='value(name)'; then
        run gcloud storage buckets create "gs://$BUCKET" --project="$PROJECT" --location="$REGION" --uniform-bucket-level-access --public-access-prevention
        fresh "storage buckets" "gs://$BUCKET"
    fi
    grant "storage buckets" "gs://$BUCKET" roles/storage.objectViewer "serviceAccount:$BUILD_SA"
}

# The jobs and the service exist before the first deployment, so that it is this script which says who may call and who may deploy, never a build.
programs() {
    local job
    step "Cloud Run jobs and service (a placeholder image until deploy.sh)" "roles/run.admin and roles/iam.serviceAccountUser"
    for job in "$EXPORT_JOB" "$LOAD_JOB"; do
        if ! look gcloud run jobs describe "$job" --region="$REGION" --project="$PROJECT" --format='value(metadata.name)'; then
            run gcloud run jobs create "$job" --region="$REGION" --project="$PROJECT" --service-account="$JOB_SA" --max-retries=0 --image=us-docker.pkg.dev/cloudrun/container/job
            fresh "run jobs" "$job"
        fi
        grant "run jobs" "$job" roles/run.invoker "serviceAccount:$SCHEDULER_SA"
        # On these three only: on the project it would deploy, delete and run everything.
        grant "run jobs" "$job" roles/run.developer "serviceAccount:$BUILD_SA"
    done
    local shape='value(status.url)'
    if ! look gcloud run services describe "$SERVICE" --region="$REGION" --project="$PROJECT" --format="$shape"; then
        run gcloud run deploy "$SERVICE" --region="$REGION" --project="$PROJECT" --service-account="$NOTIFY_SA" --no-allow-unauthenticated \
            --max-instances=3 --image=us-docker.pkg.dev/cloudrun/container/hello
        ((DRY_RUN)) || look gcloud run services describe "$SERVICE" --region="$REGION" --project="$PROJECT" --format="$shape"
    fi
    URL=${LOOKED:-https://$SERVICE-the-url-it-is-given}
    grant "run services" "$SERVICE" roles/run.invoker "serviceAccount:$PUSH_SA"
    grant "run services" "$SERVICE" roles/run.developer "serviceAccount:$BUILD_SA"
}

next() {
    local secret
    finish
    echo "Next, where not done yet:"
    for secret in "$KEY_ID_SECRET" "$KEY_SECRET" ${SLACK_SECRET:+"$SLACK_SECRET"}; do
        echo "  gcloud secrets versions add $secret --project=$PROJECT --data-file=-   # then paste the value, Ctrl-D twice, no newline"
    done
    echo "  gcloud iam service-accounts describe $JOB_SA --format='value(uniqueId)'   # what the AWS role's trust policy names as sub"
    echo "  gcloud builds submit --project=$PROJECT --region=$REGION --gcs-source-staging-dir=gs://$BUCKET/source --substitutions=_REGION=$REGION,_PREFIX=$PREFIX"
}

options "$@"
((${#REST[@]} == 0)) || stop "unknown argument: ${REST[*]}" "mend: bootstrap.sh --help"
read_settings
read_names
command -v jq > /dev/null || stop "jq is not installed." "mend: sudo apt-get install jq (Cloud Shell has it)"
echo "Project $PROJECT, region $REGION, datasets $DATASET and $LANDING in ${SETTINGS[BIGQUERY_LOCATION]}"
apis
accounts
roles
secrets
topics
datasets
repository
programs
subscriptions
alerts
next
