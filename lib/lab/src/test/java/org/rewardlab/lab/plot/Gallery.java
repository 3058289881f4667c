package org.rewardlab.lab.plot;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.rewardlab.lab.statistics.Interval;
import org.rewardlab.lab.statistics.Proportion;

/** Draws one figure of each kind into the folder named by the first argument, target/gallery by default. */
public final class Gallery {
    private Gallery() {}

    public static void main(String... args) {
        Path folder = Path.of(args.length > 0 ? args[0] : "target/gallery");
        all().forEach((name, figure) -> figure.save(folder, name));
        credit().forEach((name, view) -> view.save(folder, name));
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
        figures.put("bars", Plots.figure(groupedBars(), means()));
        figures.put("distributions", Plots.figure(histograms(), boxes()));
        figures.put("heat", Plots.figure(heat(), smallHeat()));
        figures.put("trade", Plots.figure(scatter(), pareto()));
        figures.put("logs", Plots.figure(logs(), overOptimization()));
        figures.put("many", Plots.figure(many()));
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

    static Panel groupedBars() {
        Map<String, List<Interval>> byMethod = new LinkedHashMap<>();
        byMethod.put("Bradley-Terry", intervals(0.82, 0.71, 0.63, 0.90));
        byMethod.put("margin", intervals(0.85, 0.73, 0.66, 0.91));
        byMethod.put("ensemble (mean − std)", intervals(0.86, 0.77, 0.70, 0.93));
        return Plots.bars(List.of("chat", "code", "math", "safety"), byMethod)
                .rangeY(0.4, 1)
                .y("accuracy")
                .title("Reward model accuracy");
    }

    private static List<Interval> intervals(double... shares) {
        return Arrays.stream(shares)
                .mapToObj(share -> Proportion.wilson(Math.round(share * 250), 250))
                .toList();
    }

    static Panel means() {
        Random random = new Random(6);
        Map<String, double[]> bySeed = new LinkedHashMap<>();
        for (String name :
                List.of("identity", "clip to one deviation", "standardize", "sigmoid", "PAR (3 references)")) {
            double middle = 0.6 * bySeed.size() - 0.9;
            bySeed.put(name, random.doubles(5).map(r -> middle + 0.7 * r * r).toArray());
        }
        return Plots.means(bySeed).y("gold reward at the end").title("What is left");
    }

    static Panel histograms() {
        Random random = new Random(7);
        Map<String, double[]> samples = new LinkedHashMap<>();
        samples.put(
                "rejected",
                random.doubles(1500).map(r -> random.nextGaussian() - 0.6).toArray());
        samples.put(
                "chosen",
                random.doubles(1500).map(r -> 1.2 * random.nextGaussian() + 1).toArray());
        return Plots.histogram(samples).x("reward").title("Rewards of both responses");
    }

    static Panel boxes() {
        Random random = new Random(8);
        Map<String, double[]> samples = new LinkedHashMap<>();
        for (String name : List.of("PPO", "GRPO", "RLOO", "REINFORCE")) {
            double spread = 0.4 + 0.2 * samples.size();
            samples.put(
                    name,
                    random.doubles(40)
                            .map(r -> spread * random.nextGaussian() + 2)
                            .toArray());
        }
        return Plots.boxes(samples).y("return").title("Spread over 40 seeds");
    }

    static Panel heat() {
        Random random = new Random(9);
        double[][] values = new double[8][32];
        for (double[] row : values) {
            Arrays.setAll(row, i -> 0.6 * random.nextGaussian());
        }
        values[2][5] = Double.NaN;
        return Plots.heatmap(values).x("token").y("sample").title("Advantage per token and sample");
    }

    static Panel smallHeat() {
        double[][] values = {{0.91, 0.40, 0.20}, {0.35, 0.83, 0.31}, {0.12, 0.27, 0.77}};
        List<String> names = List.of("helpful", "harmless", "honest");
        return Plots.heatmap(names, names, values)
                .x("judged by")
                .y("trained on")
                .title("Agreement");
    }

    static Panel scatter() {
        Random random = new Random(10);
        Panel panel = cloud("chosen", 0.8, random).and(cloud("rejected", -0.4, random));
        return panel.x("length, tokens").y("reward").title("Length bias").horizontal(0, "");
    }

    private static Panel cloud(String label, double shift, Random random) {
        double[] x = random.doubles(700).map(r -> 20 + 400 * r * r).toArray();
        double[] y = Arrays.stream(x)
                .map(v -> shift + v / 300 + 0.6 * random.nextGaussian())
                .toArray();
        return Plots.scatter(label, x, y);
    }

    static Panel pareto() {
        List<String> names = List.of("DPO 0.01", "DPO 0.1", "DPO 0.5", "IPO", "KTO", "SimPO", "PPO", "best of 16");
        double[] kl = {38, 14, 4, 9, 17, 30, 22, 2.8};
        double[] win = {0.71, 0.66, 0.57, 0.58, 0.60, 0.69, 0.72, 0.64};
        return Plots.pareto(names, kl, win, Better.LOWER, Better.HIGHER)
                .x("KL to the reference, nats")
                .y("win rate")
                .title("What a nat buys");
    }

    static Panel logs() {
        double[] x = new double[60];
        Arrays.setAll(x, i -> StrictMath.pow(10, -4 + i * 0.08));
        Map<String, double[]> lines = new LinkedHashMap<>();
        lines.put("float32", Arrays.stream(x).map(v -> 1e-7 / v).toArray());
        lines.put("log-sum-exp", Arrays.stream(x).map(v -> 2e-8 * (1 + v)).toArray());
        return Plots.lines(x, lines)
                .logX()
                .logY()
                .x("temperature")
                .y("relative error")
                .title("Error by temperature");
    }

    static Panel overOptimization() {
        double[] x = Plots.evenly(0, 10, 120);
        Map<String, double[]> lines = new LinkedHashMap<>();
        lines.put("proxy", Arrays.stream(x).map(d -> 0.55 * d - 0.012 * d * d).toArray());
        lines.put(
                "gold, 30k pairs",
                Arrays.stream(x).map(d -> d * (0.5 - 0.042 * d)).toArray());
        lines.put(
                "gold, 3k pairs",
                Arrays.stream(x).map(d -> d * (0.45 - 0.062 * d)).toArray());
        return Plots.lines(x, lines)
                .x("distance from the start, √KL")
                .y("reward")
                .title("Over-optimization")
                .vertical(5.95, "")
                .text(5.95, -1.2, "gold peaks");
    }

    static Panel many() {
        Map<String, double[]> lines = new LinkedHashMap<>();
        double[] x = Plots.evenly(-5, 5, 101);
        for (int k = 1; k <= 9; k++) {
            double slope = 0.25 * k;
            lines.put(
                    "tanh, slope " + slope,
                    Arrays.stream(x).map(v -> StrictMath.tanh(slope * v)).toArray());
        }
        return Plots.lines(x, lines).x("proxy reward").y("shaped reward").title("Shapes");
    }

    private static CreditView tokens() {
        String text =
                "The duck eggs left are 16 − 3 − 4 = 9 , so she earns 9 × 2 = 18 dollars . Therefore the answer is 20 .";
        List<String> tokens = List.of(text.split(" "));
        double[] credit = {
            .03, -.05, -.11, -.37, -.06, .22, -.10, .11, .04, .60, .12, .90, .08, .04, -.18, .07, 0, -.10, .80, .01,
            .70, -.25, -.30, -.09, -.13, .16, -.95, -.07, -.02
        };
        double[] terminal = new double[credit.length];
        terminal[credit.length - 2] = -1;
        tokens = tokens.subList(0, credit.length);
        return CreditView.tokens(tokens)
                .and("implicit process reward", credit)
                .and("terminal reward", terminal)
                .title("Where does the credit go");
    }

    /** Credit over an episode of each form. */
    static Map<String, CreditView> credit() {
        Map<String, CreditView> views = new LinkedHashMap<>();
        views.put("credit-tokens", tokens());
        views.put("credit-turns", turns());
        views.put("credit-tree", tree());
        views.put("credit-grid", grid());
        views.put("credit-scaled", grid().scaleEach());
        return views;
    }

    private static CreditView turns() {
        return CreditView.turns(
                        List.of("user", "agent", "user", "agent", "agent"),
                        List.of(
                                "Which river runs through the city where the composer of <Fidelio> was born?",
                                "search: Fidelio composer",
                                "Fidelio, op. 72, is the only opera by Ludwig van Beethoven, first given in Vienna in 1805 & "
                                        + "revised twice before it found the form that is played today.",
                                "search: Beethoven birthplace",
                                "The Rhine."))
                .and("information gain, summed over the turns to come", Double.NaN, 0.62, Double.NaN, 0.31, -0.4)
                .and("GRPO", Double.NaN, -0.71, Double.NaN, -0.71, -0.71)
                .title("Two searches and an answer");
    }

    private static CreditView tree() {
        return CreditView.tree(
                        List.of(
                                "map",
                                "weather",
                                "calc 1",
                                "map",
                                "answer",
                                "answer",
                                "a label that is too long by far",
                                "calc",
                                "end"),
                        -1,
                        -1,
                        0,
                        0,
                        2,
                        2,
                        3,
                        1,
                        7)
                .and("forks and trajectories", 0.45, -0.2, 0.6, -0.6, 1.2, -1.2, 0, 0, 0.1)
                .and("trajectories", 0.3, -0.5, 0.3, 0.3, 1.1, -0.5, 0.3, -0.5, -0.5);
    }

    private static CreditView grid() {
        return CreditView.grid(
                        List.of("S...#....", "....#....", "....D...G", "....#....", ".K..#...."),
                        1,
                        10,
                        19,
                        28,
                        37,
                        28,
                        20,
                        21,
                        22,
                        23,
                        24,
                        25,
                        26)
                .and("bonus", 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 1)
                .and("outcome", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
    }
}
