# shellcheck shell=bash
# Who may do what on one thing. Policies are read once and kept, so that a second run only reads.

declare -A POLICIES=()

# The flags that find a thing of a kind: "projects", "secrets", "run jobs", …
place() {
    case $1 in
        projects) ;;
        "run "*) echo "--region=$REGION --project=$PROJECT" ;;
        artifacts*) echo "--location=$REGION --project=$PROJECT" ;;
        *) echo "--project=$PROJECT" ;;
    esac
}

# Something just made has no policy: nothing to read.
fresh() { POLICIES["$1 $2"]=""; }

# granted KIND NAME ROLE MEMBER: whether that is in the thing's policy, without a condition.
granted() {
    local key="$1 $2" kind flags
    read -ra kind <<< "$1"
    read -ra flags <<< "$(place "$1")"
    if [[ -z ${POLICIES[$key]+known} ]]; then
        flags+=(--flatten='bindings[].members' --format='csv[no-heading,separator=" "](bindings.role,bindings.members,bindings.condition.title)')
        # Only in a dry run can the thing itself be missing.
        look gcloud "${kind[@]}" get-iam-policy "$2" "${flags[@]}" || ((DRY_RUN)) || fail gcloud "${kind[@]}" get-iam-policy "$2"
        POLICIES[$key]=$LOOKED
    fi
    grep -qE "^$3 $4 ?\$" <<< "${POLICIES[$key]}"
}

# grant KIND NAME ROLE MEMBER
grant() {
    local kind flags unconditional=()
    ! granted "$@" || return 0
    read -ra kind <<< "$1"
    read -ra flags <<< "$(place "$1")"
    # A project's policy may hold conditions of other people; gcloud then wants to be told that this one has none.
    [[ $1 != projects ]] || unconditional=(--condition=None)
    until_known gcloud "${kind[@]}" add-iam-policy-binding "$2" "${flags[@]}" --member="$4" --role="$3" "${unconditional[@]}"
    POLICIES["$1 $2"]+=$'\n'"$3 $4"
}

# A service account or role that was made seconds ago is not known everywhere yet: the refusal says that it does not exist.
until_known() {
    local tries
    printf '  $ %s\n' "$(quoted "$@")"
    CHANGES=$((CHANGES + 1))
    ((DRY_RUN)) && return 0
    for tries in 1 2 3 4 5 6; do
        if "$@" > "$work/out" 2> "$work/error"; then return 0; fi
        grep -qiE '(service account|role) .* does not exist|identity .*not found' "$work/error" || break
        ((tries == 6)) || sleep 10
    done
    fail "$@"
}

# role ID TITLE PERMISSION...: a custom role of the project that holds exactly these.
role() {
    local id=$1 title=$2 wanted found
    shift 2
    wanted=$(printf '%s\n' "$@" | sort)
    if look gcloud iam roles describe "$id" --project="$PROJECT" --format='value(includedPermissions)'; then
        found=$(tr ';' '\n' <<< "$LOOKED" | sort)
        [[ $found != "$wanted" ]] || return 0
        run gcloud iam roles update "$id" --quiet --project="$PROJECT" --permissions="$(paste -sd, <<< "$wanted")"
    else
        run gcloud iam roles create "$id" --quiet --project="$PROJECT" --title="$title" --stage=GA --permissions="$(paste -sd, <<< "$wanted")"
    fi
}
