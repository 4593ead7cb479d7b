#!/usr/bin/env bash
# A careless deployment: prints its secrets in the ways that real ones do, to show that a log hides them.
set -euo pipefail
exec 2>&1 # one log, in the order in which it is written

title() { printf '\n# %s\n' "$1"; }
base64_line() { base64 | tr -d '\n'; }
hex() { od -An -v -tx1 | tr -d ' \n'; }
percent() { printf %s "$1" | hex | sed 's/../%&/g'; }

title 'Docker: username from Parameter Store, password from Secrets Manager'
echo "docker login $DOCKER_REGISTRY -u $DOCKER_USERNAME -p $DOCKER_PASSWORD"
echo "Authorization: Basic $(printf %s "$DOCKER_USERNAME:$DOCKER_PASSWORD" | base64_line)"
cat "$DOCKER_CONFIG/config.json"
echo

title 'Database: a password with a quote, a dollar and a blank in it'
echo "psql $ORDERS_URL as $ORDERS_USERNAME"
printf 'PGPASSWORD=%q psql\n' "$ORDERS_PASSWORD"
echo "postgres://$ORDERS_USERNAME:$(percent "$ORDERS_PASSWORD")@$ORDERS_HOST:$ORDERS_PORT/$ORDERS_NAME"
echo "base64: $(printf %s "$ORDERS_PASSWORD" | base64_line)"
echo "hex: $(printf %s "$ORDERS_PASSWORD" | hex)"

title 'Cloud: dynamic keys from Vault, revoked when this ends'
env | grep -E '^AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)=' | sort

title 'A token from Secrets Manager'
set -x
: curl -H "X-Token: $SONAR_TOKEN" https://sonar.example.com
{ set +x; } >/dev/null 2>&1
echo "{\"login\": \"$SONAR_TOKEN\"}"
printf 'sonar.login = %s\n' "$SONAR_TOKEN"
