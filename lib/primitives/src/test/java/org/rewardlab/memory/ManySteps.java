package org.rewardlab.memory;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rewardlab.credit.Gae;
import org.rewardlab.credit.Rollouts;
import org.rewardlab.policy.PolicyBatch;
import org.rewardlab.policy.PolicyLoss;
import org.rewardlab.preference.Dpo;
import org.rewardlab.preference.Kto;
import org.rewardlab.preference.PairLogps;
import org.rewardlab.preference.UnpairedLogps;
import org.rewardlab.reward.BradleyTerry;
import org.rewardlab.reward.RewardPairs;
import org.rewardlab.tensor.AdamW;
import org.rewardlab.tensor.GradientNorm;
import org.rewardlab.tensor.Gradients;
import org.rewardlab.tensor.LogProbs;
import org.rewardlab.tensor.Loss;
import org.rewardlab.tensor.LossInput;
import org.rewardlab.tensor.Parameters;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;

/**
 * A program that makes 10,000 steps of some families and prints by how many kilobytes each made its process grow, once
 * all have been compiled.
 */
final class ManySteps {

    private static final int STEPS = 10_000;
    private static final int WARM_UP = 2_000;

    private ManySteps() {}

    public static void main(String[] arguments) throws IOException {
        try (Draws draw = new Draws(1, ai.djl.ndarray.types.DataType.FLOAT32)) {
            Map<String, Runnable> families = families(draw);
            for (Runnable family : families.values()) {
                for (int step = 0; step < WARM_UP; step++) {
                    family.run();
                }
            }
            for (Map.Entry<String, Runnable> family : families.entrySet()) {
                long before = residentKilobytes();
                for (int step = 0; step < STEPS; step++) {
                    family.getValue().run();
                }
                System.out.println(family.getKey() + "\t" + (residentKilobytes() - before));
            }
        }
    }

    private static Map<String, Runnable> families(Draws draw) {
        Map<String, Runnable> families = new LinkedHashMap<>();
        NDArray sequence = draw.logps(512);
        families.put("dpo", both(new Dpo(0.1), new PairLogps(sequence, sequence, sequence, sequence)));
        families.put(
                "kto",
                both(new Kto(0.1), new UnpairedLogps(sequence, sequence, draw.flags(512)).withKl(sequence, sequence)));
        families.put("bradley-terry", both(new BradleyTerry(0.1), new RewardPairs(sequence, sequence, null)));
        NDArray tokens = draw.logps(8, 128);
        NDArray mask = draw.mask(8, 128);
        PolicyBatch batch = new PolicyBatch(tokens, draw.logps(8, 128), draw.normal(8, 128), mask).withRefLogps(tokens);
        families.put("ppo", both(PolicyLoss.ppoClip(0.2), batch));
        families.put("grpo with KL", both(PolicyLoss.grpo(0.2).withKl(0.1), batch));
        families.put("clip-cov", both(PolicyLoss.clipCov(0.2, 0.1, -1, 1, 3), batch));
        Rollouts rollouts = Rollouts.of(tokens, mask).withValues(tokens);
        families.put("gae", () -> {
            try (Scope scope = Scope.open()) {
                new Gae(0.99, 0.95, Gae.MaskMode.SKIP, true).estimate(rollouts);
            }
        });
        families.put("training", training(draw));
        return families;
    }

    /** A loss by the tape and in closed form. */
    private static <I extends LossInput<I>> Runnable both(Loss<I> loss, I input) {
        Loss<I> byTape = batch -> loss.loss(batch); // a lambda knows no closed form
        return () -> {
            try (Scope scope = Scope.open()) {
                byTape.lossAndGradients(input).output().value();
                loss.lossAndGradients(input).output().metrics().toMap();
            }
        };
    }

    /** A table of logits, trained on its own log-probabilities with clipping and AdamW. */
    private static Runnable training(Draws draw) {
        NDManager manager = draw.manager();
        Parameters parameters = Parameters.create();
        NDArray logits = parameters.add("logits", draw.normal(4, 16, 64));
        NDArray labels = draw.ids(64, 4, 16);
        NDArray ones = Tensors.create(manager, new float[] {1}, 1);
        AdamW adamW = new AdamW(1e-3);
        List<NDArray> leaves = parameters.list();
        AdamW.Moments[] moments = {adamW.initial(leaves)};
        return () -> {
            try (Scope scope = Scope.open()) {
                NDArray loss = Gradients.record(
                        () -> LogProbs.fromLogits(logits, labels).sum().neg().mul(ones));
                Gradients.backward(loss);
                GradientNorm.clip(leaves, 1);
                moments[0] = adamW.step(leaves, moments[0]);
                parameters.zeroGradients();
            }
        };
    }

    private static long residentKilobytes() throws IOException {
        System.gc();
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("/proc/self/status: expected a line VmRSS, got none");
    }
}
