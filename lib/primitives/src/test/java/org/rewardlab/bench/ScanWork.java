package org.rewardlab.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.rewardlab.credit.Gae;
import org.rewardlab.credit.Returns;
import org.rewardlab.credit.Rollouts;

/** Scans over time, with their checks. */
final class ScanWork {

    private static final Map<String, Double> BARS = Map.of("loop", 0.05, Benchmark.BEST, 0.5);

    static final List<Benchmark> ALL = List.of(
            new Benchmark("gae_8x512", "GAE, 8x512", BARS, m -> gae(m, 8, 512)),
            new Benchmark("gae_64x2048", "GAE, 64x2048", BARS, m -> gae(m, 64, 2048)),
            new Benchmark("returns_8x512", "Discounted returns, 8x512", BARS, m -> returns(m, 8, 512)),
            new Benchmark("returns_64x2048", "Discounted returns, 64x2048", BARS, m -> returns(m, 64, 2048)));

    private ScanWork() {}

    private static Supplier<NDArray> gae(NDManager m, int rows, int tokens) {
        Rollouts rollouts = Rollouts.of(Numbers.draw(m, 1, 0, 1, rows, tokens), Numbers.ones(m, rows, tokens))
                .withValues(Numbers.draw(m, 2, -1, 1, rows, tokens));
        Gae gae = new Gae(0.99, 0.95);
        return () -> gae.estimate(rollouts).returns();
    }

    private static Supplier<NDArray> returns(NDManager m, int rows, int tokens) {
        NDArray rewards = Numbers.draw(m, 1, 0, 1, rows, tokens);
        NDArray mask = Numbers.ones(m, rows, tokens);
        return () -> Returns.discounted(rewards, mask, 0.99);
    }
}
