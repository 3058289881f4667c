package org.rewardlab.lab.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rewardlab.credit.Rollouts;
import org.rewardlab.lab.data.Prompt;
import org.rewardlab.lab.data.PromptSource;
import org.rewardlab.lab.experiment.Seeds;
import org.rewardlab.lab.generate.Completion;
import org.rewardlab.lab.generate.Sampler;
import org.rewardlab.reward.RewardFunction;
import org.rewardlab.tensor.NanMoments;

/**
 * What a step sampled and how it was scored, before any tensor.
 *
 * @param prompts of each row
 * @param completions of each row
 * @param named rewards of each row by function, NaN where one does not apply
 * @param rewards weighted sums, NaN where none applies
 * @param groups number of the prompt of each row
 * @param counts whether a row is learnt from
 * @param baselines of each row, what the greedy answer to its prompt earned; empty where nobody reads them
 * @param metrics of sampling
 */
@SuppressWarnings("ArrayRecordComponent")
record Rollout(
        List<Prompt> prompts,
        List<Completion> completions,
        List<Map<String, Double>> named,
        double[] rewards,
        long[] groups,
        boolean[] counts,
        double[] baselines,
        Map<String, Double> metrics) {

    private static final int RESAMPLES = 3;

    static Rollout draw(PolicyTraining setup, PromptSource source, Seeds seeds) {
        Draft draft = new Draft(setup);
        int wanted = setup.options().prompts();
        int tries = setup.data().equalGroups() == PolicyTraining.EqualGroups.RESAMPLE ? RESAMPLES + 1 : 1;
        int equal = 0;
        for (int attempt = 0; attempt < tries && wanted > 0; attempt++) {
            List<Prompt> prompts = source.draw(wanted, seeds.child("prompts").step(attempt));
            equal = draft.add(prompts, seeds.child("samples").child(attempt), attempt == tries - 1);
            wanted = equal;
        }
        return draft.finish(equal);
    }

    /** A rollout in the making. */
    private static final class Draft {
        private final PolicyTraining setup;
        private final List<Prompt> prompts = new ArrayList<>();
        private final List<Completion> completions = new ArrayList<>();
        private final List<Map<String, Double>> named = new ArrayList<>();
        private final List<Double> rewards = new ArrayList<>();
        private final List<Long> groups = new ArrayList<>();
        private final List<Boolean> counts = new ArrayList<>();
        private long group;
        private int groupsDrawn;

        Draft(PolicyTraining setup) {
            this.setup = setup;
        }

        /** Samples and scores completions of prompts; gives how many groups earned the same throughout. */
        int add(List<Prompt> some, Seeds seeds, boolean last) {
            int each = setup.options().samples();
            List<Prompt> repeated = new ArrayList<>();
            List<int[]> tokens = new ArrayList<>();
            for (Prompt prompt : some) {
                int[] encoded = setup.models().tokenizer().encode(prompt.text());
                for (int i = 0; i < each; i++) {
                    repeated.add(prompt);
                    tokens.add(encoded);
                }
            }
            List<Completion> drawn =
                    Sampler.sample(setup.models().policy(), tokens, setup.data().sampling(), seeds.value());
            List<Map<String, Double>> scored = score(repeated, drawn);
            int equal = 0;
            for (int g = 0; g < some.size(); g++, group++) {
                double[] sums = new double[each];
                for (int i = 0; i < each; i++) {
                    sums[i] = sum(scored.get(g * each + i));
                }
                boolean same = each > 1 && equal(scored.subList(g * each, (g + 1) * each), sums);
                equal += same ? 1 : 0;
                boolean keep = !same || setup.data().equalGroups() == PolicyTraining.EqualGroups.KEEP;
                if (!keep && !last) {
                    continue;
                }
                groupsDrawn++;
                for (int i = 0; i < each; i++) {
                    int row = g * each + i;
                    prompts.add(repeated.get(row));
                    completions.add(drawn.get(row));
                    named.add(scored.get(row));
                    rewards.add(sums[i]);
                    groups.add(group);
                    counts.add(keep && !Double.isNaN(sums[i]));
                }
            }
            return equal;
        }

        private List<Map<String, Double>> score(List<Prompt> repeated, List<Completion> drawn) {
            List<RewardFunction.Row> rows = new ArrayList<>();
            List<Map<String, Double>> scored = new ArrayList<>();
            for (int i = 0; i < drawn.size(); i++) {
                rows.add(new RewardFunction.Row(
                        repeated.get(i).text(),
                        setup.models().tokenizer().decode(drawn.get(i).tokens()),
                        repeated.get(i).columns()));
                scored.add(new LinkedHashMap<>());
            }
            for (NamedReward reward : setup.data().rewards()) {
                double[] scores = reward.function().scoreAll(rows);
                for (int i = 0; i < scores.length; i++) {
                    if (Double.isInfinite(scores[i])) {
                        NonFiniteTerm.check(
                                "the reward \"" + reward.name() + "\"", scores[i], "a bound on that reward");
                    }
                    scored.get(i).put(reward.name(), scores[i]);
                }
            }
            return scored;
        }

        /** Whether all completions of a prompt earned the same, before any credit or shaping: by one reward or by their sum. */
        private boolean equal(List<Map<String, Double>> scores, double[] sums) {
            String outcome = setup.data().outcome();
            double[] judged = outcome == null
                    ? sums
                    : scores.stream()
                            .mapToDouble(map -> map.getOrDefault(outcome, Double.NaN))
                            .toArray();
            return Arrays.stream(judged).allMatch(score -> Double.compare(score, judged[0]) == 0);
        }

        private double sum(Map<String, Double> scores) {
            double sum = Double.NaN;
            for (NamedReward reward : setup.data().rewards()) {
                double score = scores.getOrDefault(reward.name(), Double.NaN);
                if (!Double.isNaN(score)) {
                    sum = (Double.isNaN(sum) ? 0 : sum) + reward.weight() * score;
                }
            }
            return sum;
        }

        Rollout finish(int equal) {
            double[] sums = rewards.stream().mapToDouble(Double::doubleValue).toArray();
            double[] baselines =
                    PolicyParts.ofRollouts(setup).contains(Rollouts.Part.BASELINES) ? greedy() : new double[0];
            boolean[] learnt = new boolean[sums.length];
            for (int b = 0; b < learnt.length; b++) {
                learnt[b] = counts.get(b) && !(baselines.length > 0 && Double.isNaN(baselines[b]));
            }
            Map<String, Double> measured = metrics(sums, equal);
            if (baselines.length > 0) {
                measured.put("reward_baseline", NanMoments.mean(baselines));
            }
            return new Rollout(
                    prompts,
                    completions,
                    named,
                    sums,
                    groups.stream().mapToLong(Long::longValue).toArray(),
                    learnt,
                    baselines,
                    measured);
        }

        /** For each row the weighted sum of rewards of the likeliest answer to its prompt, drawn once for each group. */
        private double[] greedy() {
            Map<Long, Prompt> asked = new LinkedHashMap<>();
            for (int b = 0; b < prompts.size(); b++) {
                asked.putIfAbsent(groups.get(b), prompts.get(b));
            }
            List<Prompt> once = List.copyOf(asked.values());
            List<int[]> tokens = once.stream()
                    .map(prompt -> setup.models().tokenizer().encode(prompt.text()))
                    .toList();
            List<Completion> drawn = Sampler.sample(
                    setup.models().policy(), tokens, setup.data().sampling().temperature(0), 0); // nothing is drawn
            Map<Long, Double> sums = new LinkedHashMap<>();
            Iterator<Map<String, Double>> scored = score(once, drawn).iterator();
            asked.keySet().forEach(number -> sums.put(number, sum(scored.next())));
            return groups.stream().mapToDouble(sums::get).toArray();
        }

        private Map<String, Double> metrics(double[] sums, int equal) {
            Map<String, Double> metrics = new LinkedHashMap<>();
            spread(sums, "reward", "reward_std", metrics);
            for (NamedReward reward : setup.data().rewards()) {
                double[] scores = named.stream()
                        .mapToDouble(map -> map.get(reward.name()))
                        .toArray();
                spread(scores, "rewards/" + reward.name() + "/mean", "rewards/" + reward.name() + "/std", metrics);
            }
            metrics.put("frac_reward_zero_std", (double) equal / Math.max(1, groupsDrawn));
            double[] lengths =
                    completions.stream().mapToDouble(Completion::length).toArray();
            metrics.put(
                    "completions/mean_length", Arrays.stream(lengths).average().orElse(Double.NaN));
            metrics.put("completions/min_length", Arrays.stream(lengths).min().orElse(Double.NaN));
            metrics.put("completions/max_length", Arrays.stream(lengths).max().orElse(Double.NaN));
            metrics.put(
                    "completions/clipped_ratio",
                    completions.stream().filter(c -> !c.stopped()).count() / (double) completions.size());
            metrics.put("num_tokens", Arrays.stream(lengths).sum());
            metrics.put(
                    "entropy",
                    completions.stream()
                            .flatMapToDouble(c -> Arrays.stream(c.entropies()))
                            .average()
                            .orElse(Double.NaN));
            return metrics;
        }

        private static void spread(double[] numbers, String mean, String deviation, Map<String, Double> metrics) {
            double[] counted =
                    Arrays.stream(numbers).filter(x -> !Double.isNaN(x)).toArray();
            double average = Arrays.stream(counted).average().orElse(Double.NaN);
            double squares = Arrays.stream(counted)
                    .map(x -> (x - average) * (x - average))
                    .sum();
            metrics.put(mean, average);
            metrics.put(deviation, counted.length < 2 ? Double.NaN : Math.sqrt(squares / (counted.length - 1)));
        }
    }
}
