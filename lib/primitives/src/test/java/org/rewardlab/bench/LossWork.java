package org.rewardlab.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.rewardlab.policy.PolicyBatch;
import org.rewardlab.policy.PolicyLoss;
import org.rewardlab.preference.Dpo;
import org.rewardlab.preference.Kto;
import org.rewardlab.preference.PairLogps;
import org.rewardlab.preference.UnpairedLogps;
import org.rewardlab.reward.BradleyTerry;
import org.rewardlab.reward.RewardPairs;
import org.rewardlab.tensor.Loss;
import org.rewardlab.tensor.LossInput;
import org.rewardlab.tensor.Tensors;

/** Losses with their gradients, our value checks and metrics included. */
final class LossWork {

    private static final Map<String, Double> BARS = Map.of("loss and metrics", 0.9);

    /** Held against a bare loss, too, which reports nothing. */
    private static final Map<String, Double> BOTH = Map.of("loss and metrics", 0.9, "loss", 0.9);

    static final List<Benchmark> ALL = List.of(
            new Benchmark("dpo", "DPO, B=64", BOTH, LossWork::dpo),
            new Benchmark("kto", "KTO, B=64", BOTH, LossWork::kto),
            new Benchmark("bradley_terry", "Bradley-Terry, B=256", BOTH, LossWork::bradleyTerry),
            new Benchmark("ppo", "PPO clip, 16x256", BARS, m -> work(PolicyLoss.ppoClip(0.2), policy(m))),
            new Benchmark("grpo", "GRPO, 16x256", BARS, m -> work(PolicyLoss.grpo(0.2), policy(m))));

    private LossWork() {}

    private static <I extends LossInput<I>> Supplier<NDArray> work(Loss<I> loss, I input) {
        return () -> loss.lossAndGradients(input).output().loss();
    }

    private static NDArray logps(NDManager manager, int salt) {
        return Numbers.draw(manager, salt, -60, -20, 64);
    }

    private static Supplier<NDArray> dpo(NDManager m) {
        return work(new Dpo(0.1), new PairLogps(logps(m, 1), logps(m, 2), logps(m, 3), logps(m, 4)));
    }

    private static Supplier<NDArray> kto(NDManager m) {
        float[] labels = new float[64];
        for (int i = 0; i < labels.length; i += 2) {
            labels[i] = 1;
        }
        UnpairedLogps responses = new UnpairedLogps(logps(m, 1), logps(m, 2), Tensors.create(m, labels, 64));
        return work(new Kto(0.1), responses.withKl(logps(m, 3), logps(m, 4)));
    }

    private static Supplier<NDArray> bradleyTerry(NDManager m) {
        RewardPairs pairs = new RewardPairs(Numbers.draw(m, 1, -3, 3, 256), Numbers.draw(m, 2, -3, 3, 256), null);
        return work(new BradleyTerry(), pairs);
    }

    private static PolicyBatch policy(NDManager m) {
        NDArray old = Numbers.draw(m, 1, -6, 0, 16, 256);
        return new PolicyBatch(
                old.add(Numbers.draw(m, 2, -0.4, 0.4, 16, 256)),
                old,
                Numbers.draw(m, 3, -2, 2, 16, 256),
                Numbers.mask(m, 16, 256));
    }
}
