package org.rewardlab.lab.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rewardlab.credit.AdvantageEstimator;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.lab.model.ValueModel;
import org.rewardlab.policy.KlEstimator;

/** Takes many steps of policy training and fails if the resident memory of the process grew by 50 MB or more meanwhile. */
final class ManyPolicySteps {
    private static final int WARM_UP = 200;
    private static final long FIFTY_MEGABYTES = 50 * 1024;

    private ManyPolicySteps() {}

    public static void main(String[] arguments) throws IOException {
        int steps = Integer.parseInt(arguments[0]);
        try (CausalLm model = LettersFixture.model(1);
                ValueModel critic = ValueModel.from(model);
                PolicyRun run = LettersFixture.policyTraining(model)
                        .critic(critic)
                        .advantages(AdvantageEstimator.gae(1, 0.95))
                        .kl(KlEstimator.k3(), 0.01)
                        .options(new PolicyOptions(4, 4, 2, 8, 1e-4, 1e-4, 1).withMicroBatch(5))
                        .start()) {
            long before = 0;
            for (int i = 0; i < WARM_UP + steps; i++) {
                if (i == WARM_UP) {
                    before = resident();
                }
                run.step();
            }
            long grown = resident() - before;
            System.out.println("kilobytes that " + steps + " steps left: " + grown);
            System.exit(grown < FIFTY_MEGABYTES ? 0 : 1);
        }
    }

    private static long resident() throws IOException {
        System.gc();
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
