package org.rewardlab.lab.train;

import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rewardlab.credit.AdvantageEstimator;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.lab.model.SafetensorsWriter;
import org.rewardlab.lab.model.ValueModel;
import org.rewardlab.policy.KlController;
import org.rewardlab.policy.KlEstimator;
import org.rewardlab.preference.PreferenceLoss;

/** Trains in three ways, with checkpoints below a folder, and writes there what came of it: the program that tests kill. */
final class KilledRun {
    private KilledRun() {}

    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        Map<String, NDArray> ends = new TreeMap<>();
        try (CausalLm tuned = LettersFixture.model(1);
                CausalLm preferring = LettersFixture.model(2);
                CausalLm policy = LettersFixture.model(3);
                ValueModel critic = ValueModel.from(policy)) {
            Sft.of(tuned, LettersFixture.LETTERS)
                    .on(LettersFixture.examples(100))
                    .options(new FitOptions(12, 8, 0, 3e-3, 0.01, 1))
                    .quiet()
                    .checkpoints(folder.resolve("sft"), 3)
                    .run();
            add(ends, "sft", tuned.parameters());
            PreferenceTraining.of(preferring, LettersFixture.LETTERS)
                    .on(LettersFixture.pairs(60))
                    .loss(PreferenceLoss.dpo(0.1))
                    .options(new FitOptions(6, 8, 6, 3e-3, 0, 1))
                    .quiet()
                    .checkpoints(folder.resolve("dpo"), 2)
                    .run();
            add(ends, "dpo", preferring.parameters());
            for (PolicyStep step : LettersFixture.policyTraining(policy)
                    .critic(critic)
                    .advantages(AdvantageEstimator.gae(1, 0.95))
                    .kl(KlEstimator.k2(), KlController.adaptive(0.02, 0.1, 100))
                    .options(new PolicyOptions(4, 4, 2, 8, 1e-2, 1e-2, 1))
                    .checkpoints(folder.resolve("ppo"), 2)
                    .steps(25)) {
                if (step.number() > 25) {
                    throw new AssertionError(step.number());
                }
            }
            add(ends, "ppo", policy.parameters());
            add(ends, "critic", critic.parameters());
            new SafetensorsWriter().write(folder.resolve("end.safetensors"), ends);
        }
    }

    private static void add(Map<String, NDArray> all, String name, List<NDArray> parameters) {
        all.putAll(Weights.numbered(name, parameters));
    }
}
