package org.rewardlab.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.rewardlab.credit.Gae;
import org.rewardlab.credit.Returns;
import org.rewardlab.credit.Rollouts;
import org.rewardlab.policy.PolicyBatch;
import org.rewardlab.policy.PolicyLoss;
import org.rewardlab.tensor.Masked;

/**
 * How the cost of a primitive grows with the number of tokens.
 *
 * @param tokens the numbers of tokens that were tried
 * @param seconds of a call at each
 */
record Growth(List<Integer> tokens, List<Double> seconds) {

    private static final int[] TOKENS = {1_000, 10_000, 100_000, 1_000_000, 10_000_000};

    private static final Map<String, BiFunction<NDManager, Integer, Supplier<NDArray>>> WORK = work();

    private static Map<String, BiFunction<NDManager, Integer, Supplier<NDArray>>> work() {
        Map<String, BiFunction<NDManager, Integer, Supplier<NDArray>>> work = new LinkedHashMap<>();
        work.put("GAE", (m, rows) -> {
            NDArray rewards = Numbers.draw(m, 1, 0, 1, rows, 100);
            Rollouts rollouts = Rollouts.of(rewards, Numbers.mask(m, rows, 100)).withValues(rewards);
            return () -> new Gae(0.99, 0.95).estimate(rollouts).returns();
        });
        work.put("Discounted returns", (m, rows) -> {
            NDArray rewards = Numbers.draw(m, 1, 0, 1, rows, 100);
            NDArray mask = Numbers.mask(m, rows, 100);
            return () -> Returns.discounted(rewards, mask, 0.99);
        });
        work.put("REINFORCE++", (m, rows) -> ScanWork.reinforcePlusPlus(m, rows, 100));
        work.put("Optimal token baseline", (m, rows) -> ScanWork.tokenBaseline(m, rows, 100));
        work.put("Masked mean", (m, rows) -> {
            NDArray values = Numbers.draw(m, 1, 0, 1, rows, 100);
            NDArray mask = Numbers.mask(m, rows, 100);
            return () -> Masked.mean(values, mask);
        });
        work.put("Masked whitening", (m, rows) -> {
            NDArray values = Numbers.draw(m, 1, 0, 1, rows, 100);
            NDArray mask = Numbers.mask(m, rows, 100);
            return () -> Masked.whiten(values, mask, true);
        });
        work.put("PPO clip with gradient", (m, rows) -> {
            NDArray values = Numbers.draw(m, 1, 0, 1, rows, 100);
            PolicyBatch batch = new PolicyBatch(values, values, values, Numbers.mask(m, rows, 100));
            return () ->
                    PolicyLoss.ppoClip(0.2).lossAndGradients(batch).output().loss();
        });
        return work;
    }

    static Map<String, Growth> all(Pattern only) {
        Map<String, Growth> found = new LinkedHashMap<>();
        WORK.forEach((name, setup) -> {
            if (only.pattern().equals(".*") || only.matcher("growth").find()) {
                found.put(name, measure(setup));
            }
        });
        return found;
    }

    private static Growth measure(BiFunction<NDManager, Integer, Supplier<NDArray>> setup) {
        List<Integer> tokens = new ArrayList<>();
        List<Double> seconds = new ArrayList<>();
        for (int count : TOKENS) {
            try (NDManager manager = NDManager.newBaseManager()) {
                Supplier<NDArray> work = setup.apply(manager, count / 100);
                Timing.of(work, Math.max(2, 2_000_000 / count));
                double best = Double.POSITIVE_INFINITY;
                for (int i = 0; i < 5; i++) {
                    best = Math.min(
                            best,
                            Timing.of(work, Math.max(1, 1_000_000 / count)).cpu());
                }
                tokens.add(count);
                seconds.add(best);
            }
        }
        return new Growth(tokens, seconds);
    }

    /** The slope of log seconds over log tokens, by least squares. */
    double slope() {
        double meanX = 0;
        double meanY = 0;
        double xy = 0;
        double xx = 0;
        int n = tokens.size();
        for (int i = 0; i < n; i++) {
            meanX += Math.log(tokens.get(i)) / n;
            meanY += Math.log(seconds.get(i)) / n;
        }
        for (int i = 0; i < n; i++) {
            double x = Math.log(tokens.get(i)) - meanX;
            xy += x * (Math.log(seconds.get(i)) - meanY);
            xx += x * x;
        }
        return xy / xx;
    }
}
