package org.rewardlab.lab.plot;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Draws one figure of each kind into the folder named by the first argument, target/gallery by default. */
public final class Gallery {
    private Gallery() {}

    public static void main(String... args) {
        Path folder = Path.of(args.length > 0 ? args[0] : "target/gallery");
        all().forEach((name, figure) -> figure.save(folder, name));
    }

    /** Every kind with numbers from a fixed seed. */
    static Map<String, Figure> all() {
        Map<String, Figure> figures = new LinkedHashMap<>();
        figures.put("lines", Plots.figure(lines()));
        figures.put("reliability", Plots.figure(reliability()));
        figures.put("smoothed", Plots.figure(smoothed()));
        figures.put(
                "grid",
                Plots.figure(lines(), lines().title("what is paid"), reliability(), smoothed())
                        .title("Reward shaping against reward hacking")
                        .caption("Shaped rewards keep what the unbounded one loses."));
        figures.put("pair", Plots.figure(lines().title("what we want"), lines().title("what is paid")));
        return figures;
    }

    static Panel lines() {
        Panel panel = curve("PPO, shaped reward", 2.5, 250, 1).and(curve("PPO, sparse reward", 1.7, 550, 2));
        return panel.and(curve("GRPO", 2.0, 380, 3))
                .title("Reward over training")
                .x("policy updates")
                .y("mean episode reward");
    }

    private static Panel curve(String label, double height, double time, long seed) {
        Random random = new Random(seed);
        double[] x = new double[200];
        Arrays.setAll(x, i -> i * 10.0);
        double[][] bySeed = new double[5][200];
        for (double[] values : bySeed) {
            double drift = 0;
            for (int i = 0; i < x.length; i++) {
                drift = 0.9 * drift + 0.12 * random.nextGaussian();
                values[i] = height * (1 - StrictMath.exp(-x[i] / time)) + drift;
            }
        }
        return Plots.overSeeds(label, x, bySeed);
    }

    static Panel reliability() {
        Random random = new Random(4);
        double[] confidence = new double[2000];
        boolean[] correct = new boolean[2000];
        for (int i = 0; i < confidence.length; i++) {
            confidence[i] = 1 - 0.75 * random.nextDouble() * random.nextDouble();
            correct[i] = random.nextDouble() < 0.12 + 0.75 * confidence[i];
        }
        return Plots.reliability(confidence, correct);
    }

    static Panel smoothed() {
        Random random = new Random(5);
        double[] x = new double[3000];
        double[] y = new double[3000];
        for (int i = 0; i < x.length; i++) {
            x[i] = i;
            y[i] = 0.15 + 0.55 * StrictMath.exp(-i / 700.0) + 0.08 * random.nextGaussian();
        }
        return Plots.smoothed("training loss", x, y, 0.98)
                .x("step")
                .y("loss, nats")
                .title("Preference loss");
    }
}
