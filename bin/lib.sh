# Sourced by the other scripts: finds a JDK and a Maven, and tells what is missing and how to get it.
# shellcheck shell=bash

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
maven_for_parent=3.9.11 # the plugin's parent POM needs 3.9.6 or newer

say() { printf '%s\n' "$*"; }
loud() { printf '\n*** %s\n' "$@" >&2; }
die() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 1
}

need_java() {
  local major
  command -v javac >/dev/null 2>&1 || die "no JDK found; install one of version 17 or newer (Debian, Ubuntu: apt-get install openjdk-17-jdk-headless)"
  major=$(javac -version 2>&1 | sed -E 's/^javac ([0-9]+).*/\1/')
  [ "${major:-0}" -ge 17 ] || die "JDK $major found; version 17 or newer is needed (Debian, Ubuntu: apt-get install openjdk-17-jdk-headless)"
}

# version_at_least HAVE WANT
version_at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

maven_version() { "$1" -q -v 2>/dev/null | sed -E 's/\x1b\[[0-9;]*m//g' | grep -oE '[0-9]+\.[0-9]+\.[0-9]+[^ ]*' | head -n 1; }

need_maven() {
  command -v mvn >/dev/null 2>&1 || die "no Maven found; install version 3.8 or newer (Debian, Ubuntu: apt-get install maven)"
  version_at_least "$(maven_version mvn)" 3.8 || die "Maven $(maven_version mvn) found; version 3.8 or newer is needed"
}

# Prints the path of a Maven that is new enough for the plugin's parent POM; fetches one by its coordinates if need be.
maven_for_plugin() {
  if version_at_least "$(maven_version mvn)" 3.9.6; then
    command -v mvn
    return
  fi
  local home="$top/.tools/apache-maven-$maven_for_parent"
  if [ ! -x "$home/bin/mvn" ]; then
    mkdir -p "$top/.tools"
    # From a directory of its own: nothing of this project's configuration applies.
    (cd "$top/.tools" && mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
      -Dartifact="org.apache.maven:apache-maven:$maven_for_parent:zip:bin" -DoutputDirectory="$top/.tools") >&2 || return 1
    (cd "$top/.tools" && jar xf "apache-maven-$maven_for_parent-bin.zip") >&2 || return 1
    rm -f "$top/.tools/apache-maven-$maven_for_parent-bin.zip"
    chmod +x "$home/bin/mvn"
  fi
  say "$home/bin/mvn"
}

# Whether all that the plugin's build names can be had; leaves the flags for it in $plugin_flags.
plugin_resolves() {
  local mvn=$1
  plugin_flags=""
  (cd "$top" && "$mvn" -B -q -o dependency:resolve -DoutputFile=/dev/null >/dev/null 2>&1) && plugin_flags="-o" && return
  (cd "$top" && timeout 1200 "$mvn" -B -q dependency:resolve -DoutputFile=/dev/null >"${TMPDIR:-/tmp}/aws-secrets-resolve.log" 2>&1)
}
