#!/usr/bin/env bash
# Measures the installed kernel into kernel-ext/kernel/BENCHMARKS.md, in ROUNDS processes (default 5). Arguments are further
# options of the kernel's virtual machine, such as another collector; then the figures are printed and nothing is written.
set -euo pipefail

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
prefix=$home/kernel-ext/kernel/target/bench
classpath=$home/kernel-ext/kernel/target/bench.classpath
out=$home/kernel-ext/kernel/BENCHMARKS.md
[ $# -eq 0 ] || out=-

cd "$home"
bash environment/rewardlab kernel install --prefix "$prefix"
mvn -B -ntp -q test-compile dependency:build-classpath -pl kernel-ext/kernel \
  -Dmdep.includeScope=test -Dmdep.outputFile="$classpath"
"$java" -cp "kernel-ext/kernel/target/test-classes:kernel-ext/kernel/target/classes:$(cat "$classpath")" \
  org.rewardlab.kernel.bench.KernelBench "$prefix/share/jupyter/kernels/rewardlab/java.args" "${ROUNDS:-5}" "$out" "$@"
