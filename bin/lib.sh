# Sourced by the other scripts: finds a JDK and a Maven, shows what a build is doing, and reports what is missing.
# shellcheck shell=bash

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
maven_for_parent=3.9.11 # the plugin's parent POM needs 3.9.6 or newer
jdk_for_plugin=21       # what the plugin's Jenkins runs on
quiet=(-B -ntp -Dstyle.color=never)

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

# jdk_homes: the JDKs of JAVA_HOME and the PATH, then those in the usual folders, the newest first
jdk_homes() {
  local javac
  [ -z "${JAVA_HOME:-}" ] || say "$JAVA_HOME"
  if javac=$(command -v javac); then dirname "$(dirname "$(readlink -f "$javac")")"; fi
  for javac in ${JDK_FOLDERS-/usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home}; do
    [ -x "$javac/bin/javac" ] && say "$(jdk_version "$javac") $javac"
  done | sort -rn | cut -d ' ' -f 2-
}

# jdk_version HOME: the major version; the file "release" has it, which is quicker than to ask
jdk_version() {
  local version
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null || true)
  say "${version:-$("$1/bin/javac" -version 2>&1 | sed -E 's/^javac ([0-9]+).*/\1/')}"
}

# find_jdk VERSION: prints the home of the first JDK that is this new or newer
find_jdk() {
  local home
  while read -r home; do
    if [ -x "$home/bin/javac" ] && [ "$(jdk_version "$home")" -ge "$1" ]; then
      say "$home"
      return
    fi
  done < <(jdk_homes)
  return 1
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
      -Dartifact="org.apache.maven:apache-maven:$maven_for_parent:zip:bin" -DoutputDirectory="$top/.tools" 2>&1 |
      sed $'s/\e\\[[0-9;]*m//g') >&2 || return 1 # Maven resets colours also where it writes none.
    (cd "$top/.tools" && jar xf "apache-maven-$maven_for_parent-bin.zip") >&2 || return 1
    rm -f "$top/.tools/apache-maven-$maven_for_parent-bin.zip"
    chmod +x "$home/bin/mvn"
  fi
  say "$home/bin/mvn"
}

# format apply|check: all sources, with what Maven Central has; the root's Maven configuration is the plugin's alone
format() { MAVEN_BASEDIR="$top/cli" mvn "${quiet[@]}" -q -f "$top/format-pom.xml" "spotless:$1"; }

# watched LOG CMD...: runs a command with its output in LOG, and shows every 10 s that it goes on. Gives its status.
watched() {
  local log=$1 status=0 group second=0 before signal
  shift
  mkdir -p "$(dirname "$log")"
  # In a group of its own, so that all it started can be ended; a job of a shell without this would ignore Ctrl-C.
  set -m
  "$@" >"$log" 2>&1 </dev/null &
  group=$!
  set +m
  before=$(trap -p INT TERM HUP)
  for signal in INT:130 TERM:143 HUP:129; do
    # shellcheck disable=SC2064
    trap "kill -- -$group 2>/dev/null || true; exit ${signal#*:}" "${signal%:*}"
  done
  while kill -0 "$group" 2>/dev/null; do
    sleep 0.5
    second=$((second + 1))
    [ $((second % 20)) -ne 6 ] || say "  $(progress "$log") ($((second / 2)) s)"
  done
  wait "$group" || status=$?
  trap - INT TERM HUP
  eval "$before"
  return "$status"
}

# progress LOG: what a build did so far, from its lines
progress() {
  awk '
    /^\[INFO\] Running / { running = $3; sub(/.*\./, "", running) }
    /Tests run: [0-9]+.* (in|--) / { sub(/.*Tests run: /, ""); sub(/,.*/, ""); tests += $0 }
    /^\[INFO\] --- / { goal = $3; sub(/:[0-9][^:]*/, "", goal) }
    /^Downloading from / { fetched++ }
    END {
      if (running != "") printf "%d tests so far, now %s", tests, running
      else if (goal != "") printf "building: %s", goal
      else printf "starting"
      if (fetched > 0) printf ", %d files asked for", fetched
    }' "$1"
}

# unresolved LOG: whether a build ended since something that it needs could not be had
unresolved() {
  grep -qE '^\[(ERROR|FATAL)\].*(in offline mode|[Cc]ould not (resolve|be resolved|find artifact|transfer)|Non-resolvable|Unresolveable|[Ff]ailed to (resolve|collect dependencies|read artifact descriptor)|No plugin found for prefix|PluginResolutionException)' "$1"
}

# for_plugin LOG MAVEN ARGUMENT...: the plugin's build, offline where all that it needs is there, else with the network.
# Gives its status, or 100 where something that it needs could not be had.
for_plugin() {
  local log=$1 maven=$2 home status=0
  shift 2
  home=$(find_jdk "$jdk_for_plugin") || return 99
  watched "$log" env "JAVA_HOME=$home" "$maven" "${quiet[@]}" -f "$top/pom.xml" -o "$@" || status=$?
  if [ "$status" -ne 0 ] && unresolved "$log"; then
    say "  fetching what is missing from Jenkins' repository"
    status=0
    watched "$log" env "JAVA_HOME=$home" "$maven" "${quiet[@]}" -Daether.connector.connectTimeout=10000 \
      -f "$top/pom.xml" "$@" || status=$?
    [ "$status" -eq 0 ] || ! unresolved "$log" || status=100
  fi
  return "$status"
}
