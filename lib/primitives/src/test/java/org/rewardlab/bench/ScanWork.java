package org.rewardlab.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.rewardlab.credit.Gae;
import org.rewardlab.credit.OptimalTokenBaseline;
import org.rewardlab.credit.ReinforcePlusPlus;
import org.rewardlab.credit.Returns;
import org.rewardlab.credit.Rollouts;
import org.rewardlab.tensor.Tensors;

/** Scans over time, with their checks. */
final class ScanWork {

    private static final Map<String, Double> BARS = Map.of("loop", 0.05, Benchmark.BEST, 0.5);

    private static final Map<String, Double> BEST = Map.of(Benchmark.BEST, 0.5);

    static final List<Benchmark> ALL = List.of(
            new Benchmark("gae_8x512", "GAE, 8x512", BARS, m -> gae(m, 8, 512)),
            new Benchmark("gae_64x2048", "GAE, 64x2048", BARS, m -> gae(m, 64, 2048)),
            new Benchmark("returns_8x512", "Discounted returns, 8x512", BARS, m -> returns(m, 8, 512)),
            new Benchmark("returns_64x2048", "Discounted returns, 64x2048", BARS, m -> returns(m, 64, 2048)),
            new Benchmark("rpp_8x512", "REINFORCE++, 8x512", BEST, m -> reinforcePlusPlus(m, 8, 512)),
            new Benchmark("rpp_64x2048", "REINFORCE++, 64x2048", BEST, m -> reinforcePlusPlus(m, 64, 2048)),
            new Benchmark("otb_8x512", "Optimal token baseline, 8x512", BEST, m -> tokenBaseline(m, 8, 512)),
            new Benchmark("otb_64x2048", "Optimal token baseline, 64x2048", BEST, m -> tokenBaseline(m, 64, 2048)));

    private ScanWork() {}

    static Supplier<NDArray> reinforcePlusPlus(NDManager m, int rows, int tokens) {
        NDArray mask = Numbers.mask(m, rows, tokens);
        Rollouts rollouts = Rollouts.of(Numbers.draw(m, 1, 0, 1, rows, tokens).mul(mask), mask);
        return () -> new ReinforcePlusPlus(1).estimate(rollouts).requireReturns();
    }

    static Supplier<NDArray> tokenBaseline(NDManager m, int rows, int tokens) {
        long[] groups = new long[rows];
        for (int b = 0; b < rows; b++) {
            groups[b] = b / 8;
        }
        Rollouts rollouts = Rollouts.of(Numbers.draw(m, 1, 0, 1, rows, tokens), Numbers.mask(m, rows, tokens))
                .withGroups(Tensors.create(m, groups, rows))
                .withOldLogps(Numbers.draw(m, 2, -6, 0, rows, tokens))
                .withSquaredProbabilities(Numbers.draw(m, 3, 0, 1, rows, tokens));
        return () -> new OptimalTokenBaseline().estimate(rollouts).advantages();
    }

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
