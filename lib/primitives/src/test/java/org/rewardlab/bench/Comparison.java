package org.rewardlab.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Tensors;

/** Times one benchmark on both sides in interleaved blocks. */
final class Comparison {

    private static final double BLOCK_SECONDS = 0.02;

    private final int rounds;
    private final @Nullable TorchSide torch;

    Comparison(int rounds, Optional<TorchSide> torch) {
        this.rounds = rounds;
        this.torch = torch.orElse(null);
    }

    /**
     * What was measured, medians over rounds.
     *
     * @param ours our seconds of a call
     * @param theirs those of each variant in PyTorch
     * @param extraBytes what our side needs beside its inputs, for large work
     */
    record Outcome(Benchmark benchmark, Timing ours, Map<String, Timing> theirs, OptionalLong extraBytes) {}

    Outcome run(Benchmark benchmark) {
        try (NDManager manager = NDManager.newBaseManager()) {
            Supplier<NDArray> work = benchmark.setup().apply(manager);
            int calls = warmUp(work);
            Map<String, Integer> theirCalls = torch == null ? Map.of() : setUp(benchmark, torch, mean(work));
            OptionalLong extra = calls == 1 ? PeakMemory.of(work) : OptionalLong.empty();
            int blocks = calls == 1 ? Math.min(rounds, 5) : rounds;
            List<Timing> ours = new ArrayList<>();
            Map<String, List<Timing>> theirs = new LinkedHashMap<>();
            for (int round = 0; round < blocks; round++) {
                ours.add(Timing.of(work, calls));
                theirCalls.forEach((variant, count) -> theirs.computeIfAbsent(variant, key -> new ArrayList<>())
                        .add(java.util.Objects.requireNonNull(torch).run(benchmark, variant, count)));
            }
            if (torch != null) {
                torch.drop(benchmark);
            }
            Map<String, Timing> medians = new LinkedHashMap<>();
            theirs.forEach((variant, timings) -> medians.put(variant, median(timings)));
            return new Outcome(benchmark, median(ours), medians, extra);
        }
    }

    /** Enough calls that the compiler has seen them and is done with them, and how many fill a block. */
    private int warmUp(Supplier<NDArray> work) {
        Timing.of(work, 2); // the first compiles scripts
        Timing last = Timing.of(work, 1);
        if (last.cpu() > BLOCK_SECONDS) {
            return 1;
        }
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        for (int stretch = 0; stretch < 20; stretch++) { // a busy machine compiles late
            long before = compiler.getTotalCompilationTime();
            for (double spent = 0; spent < 50 * BLOCK_SECONDS; spent += 50 * last.cpu()) {
                last = Timing.of(work, 50);
            }
            if (compiler.getTotalCompilationTime() == before) {
                break;
            }
        }
        return (int) Math.max(1, BLOCK_SECONDS / last.cpu());
    }

    private static double mean(Supplier<NDArray> work) {
        try (Scope scope = Scope.open()) {
            double[] numbers = Tensors.toDoubles(work.get());
            double sum = 0;
            for (double number : numbers) {
                sum += number;
            }
            return sum / numbers.length;
        }
    }

    /** Both sides must have computed the same thing. */
    private static Map<String, Integer> setUp(Benchmark benchmark, TorchSide torch, double mean) {
        Map<String, Integer> calls = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> variant : torch.setUp(benchmark).properties()) {
            double theirs = variant.getValue().asDouble();
            if (!(Math.abs(theirs - mean) <= 1e-3 * Math.max(1, Math.abs(mean)))) {
                throw new IllegalStateException(benchmark.name() + ", " + variant.getKey() + ": expected " + mean
                        + " on both sides, got " + theirs + " in PyTorch");
            }
            torch.run(benchmark, variant.getKey(), 2);
            double once = torch.run(benchmark, variant.getKey(), 1).cpu();
            calls.put(variant.getKey(), (int) Math.max(1, BLOCK_SECONDS / once));
        }
        return calls;
    }

    private static Timing median(List<Timing> timings) {
        return new Timing(
                timings.stream()
                        .sorted(Comparator.comparingDouble(Timing::wall))
                        .toList()
                        .get(0)
                        .wall(),
                timings.stream()
                        .sorted(Comparator.comparingDouble(Timing::cpu))
                        .toList()
                        .get(timings.size() / 2)
                        .cpu());
    }
}
