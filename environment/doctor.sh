#!/usr/bin/env bash
# What this machine has of what RewardLab needs. Exit code 1 if a run would fail.
set -u
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
broken=0
ok() { printf '  ok       %-10s %s\n' "$1" "$2"; }
note() { printf '  note     %-10s %s\n' "$1" "$2"; }
bad() { printf '  MISSING  %-10s %s\n' "$1" "$2"; broken=1; }

echo "RewardLab in $home"

java=${JAVA_HOME:+$JAVA_HOME/bin/java}
java=${java:-$(command -v java || true)}
if [ -n "${JAVA_HOME:-}" ] && [ ! -x "$java" ]; then
  bad JDK "JAVA_HOME names $JAVA_HOME, where no bin/java is: set it to a JDK of version 17 or later, or unset it"
elif [ -z "$java" ] || [ ! -x "$java" ]; then
  bad JDK "none found; Debian: apt-get install openjdk-17-jdk-headless"
else
  version=$("$java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p' | head -n 1)
  if [ -z "$version" ]; then
    bad JDK "$java does not start: install a JDK of version 17 or later"
  elif [ "${version%%[!0-9]*}" -lt 17 ] 2>/dev/null; then
    bad JDK "$version at $java; 17 or later is needed"
  elif [ ! -x "$(dirname "$(readlink -f "$java")")/javac" ]; then
    bad JDK "$java has no compiler beside it: a JDK is needed, not a JRE"
  else
    ok JDK "$version at $java"
  fi
fi

if command -v mvn >/dev/null 2>&1; then
  maven=$(mvn -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p' | head -n 1)
  case $maven in
    3.[89]* | 3.[1-9][0-9]* | [4-9].*) ok Maven "Apache Maven $maven" ;;
    '') bad Maven "$(command -v mvn) does not start: it needs the JDK above" ;;
    *) bad Maven "$maven at $(command -v mvn); 3.8 or later is needed" ;;
  esac
else
  bad Maven "none found; Debian: apt-get install maven"
fi

if [ -r /proc/meminfo ]; then
  free=$(awk '/MemAvailable/ {printf "%d", $2 / 1024}' /proc/meminfo)
  if [ "$free" -lt 2048 ]; then note memory "$free MB free; 2 GB and more are comfortable"; else ok memory "$free MB free"; fi
fi
space=$(df -Pm "$home" | awk 'NR == 2 {print $4}')
if [ "${space:-0}" -lt 2048 ]; then note disk "$space MB free; the first build needs some 2 GB"; else ok disk "$space MB free"; fi

fonts=$(command -v fc-list >/dev/null 2>&1 && fc-list 2>/dev/null | wc -l || echo 0)
if [ "$fonts" -gt 0 ]; then ok fonts "$fonts found"; else note fonts "none found: figures use the font that comes with RewardLab"; fi

jupyter=
for candidate in "$home/.rewardlab/jupyter/bin/jupyter" "$(command -v jupyter || true)" /usr/bin/jupyter; do
  [ -n "$candidate" ] && [ -x "$candidate" ] && "$candidate" --version >/dev/null 2>&1 && jupyter=$candidate && break
done
if [ -n "$jupyter" ]; then
  ok Jupyter "$jupyter"
  spec=$("$jupyter" kernelspec list 2>/dev/null | sed -n 's/^ *rewardlab  *//p' | head -n 1)
  if [ -n "$spec" ]; then
    jvm=$(sed -n 's/.*"\(\/[^"]*\/bin\/java\)".*/\1/p' "$spec/kernel.json" 2>/dev/null | head -n 1)
    gone=$(sed -n '/^"-cp"$/{n;s/^"//;s/"$//;s/\\\(.\)/\1/g;p;}' "$spec/java.args" 2>/dev/null | tr ':' '\n' \
      | while IFS= read -r entry; do [ -r "$entry" ] || printf '%s\n' "$entry"; done | head -n 1)
    again="install it again: environment/rewardlab kernel install"
    if [ -z "$jvm" ] || [ ! -r "$spec/java.args" ]; then
      bad kernel "$spec is broken; $again"
    elif [ ! -x "$jvm" ]; then
      bad kernel "starts $jvm, which is gone; $again"
    elif [ -n "$gone" ]; then
      bad kernel "needs $gone, which is gone; $again"
    elif ! "$jvm" "@$spec/java.args" -version >/dev/null 2>&1; then
      bad kernel "$jvm does not start with $spec/java.args; $again"
    else
      ok kernel "$spec"
    fi
  else
    note kernel "not installed for this Jupyter: environment/rewardlab kernel install --user"
  fi
else
  note Jupyter "none found: 'run' works without it, 'lab' installs it"
fi
command -v chromium >/dev/null 2>&1 && ok Chromium "$(chromium --version 2>/dev/null | head -n 1)" || note Chromium "none found: browser tests need it"

if command -v nvidia-smi >/dev/null 2>&1 && nvidia-smi -L >/dev/null 2>&1; then
  ok GPU "$(nvidia-smi -L | head -n 1)"
  [ -n "${PYTORCH_LIBRARY_PATH:-}" ] || note GPU "PYTORCH_LIBRARY_PATH is not set: the CPU library is used (environment/docs/gpu.md)"
else
  note GPU "none found: everything runs on the CPU"
fi

cache=${DJL_CACHE_DIR:-$HOME/.djl.ai}
if mkdir -p "$cache" 2>/dev/null && [ -w "$cache" ]; then
  ok DJL "cache at $cache ($(du -sm "$cache" 2>/dev/null | cut -f1) MB)"
else
  bad DJL "cannot write to its cache $cache: set DJL_CACHE_DIR to a folder of yours"
fi
if [ -d "$home/kernel-ext/workbench/target/dist/lib" ]; then ok build "done"; else note build "not yet: the first command builds"; fi
if [ -n "${REWARDLAB_DATA:-}" ] && [ ! -e "$REWARDLAB_DATA" ]; then bad data "REWARDLAB_DATA names $REWARDLAB_DATA, which does not exist"; fi

[ $broken = 0 ] && echo "ready" || echo "not ready: see MISSING above"
exit $broken
