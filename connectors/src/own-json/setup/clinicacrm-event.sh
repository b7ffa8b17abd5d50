#!/bin/sh
# Tells ClínicaCRM what happens to a call.
#   CLINICACRM_SECRET=… ./clinicacrm-event.sh <call id> <ringing|answered|ended|…> [caller] [agent]
# The secret is the last part of the line's address. Anything but a 2xx ends with an error: send it again then.
set -eu

call_id=$1 event=$2 from=${3:-} agent=${4:-}

# A backslash or a quote in what a switch sent must stay text.
quoted() { printf '%s' "$1" | tr -d '\000-\037' | sed 's/\\/\\\\/g; s/"/\\"/g'; }

body="{\"call_id\":\"$(quoted "$call_id")\",\"event\":\"$(quoted "$event")\""
[ -n "$from" ] && body="$body,\"from\":\"$(quoted "$from")\""
[ -n "$agent" ] && body="$body,\"agent\":\"$(quoted "$agent")\""

printf '%s}' "$body" | curl --fail --silent --show-error --max-time 5 \
  -H 'content-type: application/json' --data-binary @- \
  "__crm_url__/api/telephony/events/own-json/$CLINICACRM_SECRET"
