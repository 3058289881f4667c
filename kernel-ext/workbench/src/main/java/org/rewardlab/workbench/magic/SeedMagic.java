package org.rewardlab.workbench.magic;

import ai.djl.engine.Engine;
import java.util.List;
import org.rewardlab.lab.experiment.Seeds;

/** {@code %seed}: the root of all seeds; {@code %seed 7} sets it, for the lab and for PyTorch's own generator. */
final class SeedMagic {

    private SeedMagic() {}

    static String run(List<String> arguments) {
        if (!arguments.isEmpty()) {
            long seed = parse(String.join(" ", arguments));
            System.setProperty("rewardlab.seed", Long.toString(seed));
            Engine.getInstance().setRandomSeed((int) seed);
        }
        return "seed " + Seeds.root().value();
    }

    private static long parse(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("%seed: expected a whole number, got \"" + text + "\"", e);
        }
    }
}
