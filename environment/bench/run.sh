#!/usr/bin/env bash
# Runs the benchmarks beside the same work in PyTorch: of the primitives into lib/primitives/BENCHMARKS.md, then of the
# transformer into lib/lab/BENCHMARKS.md. --models runs the latter alone, in ROUNDS blocks (default 9); any other argument
# goes to org.rewardlab.bench.Benchmarks, which then runs alone (--only REGEX, --rounds N, --no-growth, --out FILE).
# PYTHON names a Python that has torch (default /usr/bin/python3; Debian: apt-get install python3-torch). The transformer is
# timed beside it with each of BLAS's reference and OpenBLAS (Debian: libopenblas0-pthread) that is there.
set -euo pipefail

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
classpath=$home/lib/primitives/target/bench.classpath

models=both
if [ "${1:-}" = --models ]; then
  models=only
  shift
elif [ $# -gt 0 ]; then
  models=no
fi

cd "$home"
mvn -B -ntp -q test-compile dependency:build-classpath -pl lib/primitives,lib/lab \
  -Dmdep.includeScope=test -Dmdep.outputFile="$classpath"
options=(-Xms1g -Xmx4g -Dai.djl.offline=true -Dai.djl.pytorch.num_threads=1 -Dai.djl.pytorch.num_interop_threads=1
  -Dai.djl.pytorch.graph_optimizer=false -Dorg.slf4j.simpleLogger.defaultLogLevel=error)
if [ "$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)" -ge 22 ]; then
  options+=(--enable-native-access=ALL-UNNAMED)
fi
if [ $models != only ]; then
  "$java" "${options[@]}" \
    -cp "lib/primitives/target/test-classes:lib/primitives/target/classes:$(cat "$classpath")" \
    org.rewardlab.bench.Benchmarks --python "${PYTHON:-/usr/bin/python3}" --torch environment/bench/torch_side.py \
    --out lib/primitives/BENCHMARKS.md "$@"
fi
if [ $models != no ]; then
  python=${PYTHON:-/usr/bin/python3}
  beside=
  for library in /usr/lib/*/blas /usr/lib/*/openblas-pthread; do
    [ -d "$library" ] && beside+="${beside:+,}$python@$library"
  done
  OMP_NUM_THREADS=1 "$java" "${options[@]}" \
    -cp "lib/lab/target/test-classes:lib/lab/target/classes:lib/primitives/target/classes:$(cat "$classpath")" \
    org.rewardlab.lab.bench.ModelBenchmarks "${beside:-$python}" environment/bench/torch_models.py \
    lib/lab/BENCHMARKS.md "${ROUNDS:-9}"
fi
