#!/usr/bin/env bash
# Runs the benchmarks of the primitives beside the same work in PyTorch and writes lib/primitives/BENCHMARKS.md.
# Arguments go to org.rewardlab.bench.Benchmarks (--only REGEX, --rounds N, --no-growth, --out FILE).
# PYTHON names a Python that has torch (default /usr/bin/python3; Debian: apt-get install python3-torch).
set -euo pipefail

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
classpath=$home/lib/primitives/target/bench.classpath

cd "$home"
mvn -B -ntp -q test-compile dependency:build-classpath -pl lib/primitives \
  -Dmdep.includeScope=test -Dmdep.outputFile="$classpath"
options=(-Xms1g -Xmx4g -Dai.djl.offline=true -Dai.djl.pytorch.num_threads=1 -Dai.djl.pytorch.num_interop_threads=1
  -Dai.djl.pytorch.graph_optimizer=false -Dorg.slf4j.simpleLogger.defaultLogLevel=error)
if [ "$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)" -ge 22 ]; then
  options+=(--enable-native-access=ALL-UNNAMED)
fi
exec "$java" "${options[@]}" \
  -cp "lib/primitives/target/test-classes:lib/primitives/target/classes:$(cat "$classpath")" \
  org.rewardlab.bench.Benchmarks --python "${PYTHON:-/usr/bin/python3}" --torch environment/bench/torch_side.py \
  --out lib/primitives/BENCHMARKS.md "$@"
