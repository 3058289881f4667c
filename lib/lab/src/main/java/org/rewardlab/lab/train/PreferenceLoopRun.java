package org.rewardlab.lab.train;

import ai.djl.ndarray.NDManager;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.rewardlab.lab.data.Prompt;
import org.rewardlab.lab.data.PromptSource;
import org.rewardlab.lab.data.Shuffle;
import org.rewardlab.lab.experiment.Seeds;
import org.rewardlab.lab.generate.Completion;
import org.rewardlab.lab.generate.Sampler;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.preference.OnlinePairs;
import org.rewardlab.preference.OnlinePreferenceLoss;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.Scope;

/**
 * A run of {@link PreferenceLoop} that stands between two rounds: optimizer, reference, and pairs of rounds before. Its rounds are those
 * of {@link PreferenceRounds}, of which the parts are below.
 */
public final class PreferenceLoopRun implements AutoCloseable {
    private final PreferenceLoop setup;
    private final PromptSource source;
    private final PreferenceLabels labels;
    private final Seeds seeds;
    private final Optimizer optimizer;
    private final PreferenceRounds<Learner, List<Asked>, List<double[]>, Chosen> rounds;
    private final Deque<List<PreferenceRound.Choice>> replayed = new ArrayDeque<>();
    private CausalLm reference;
    private int taken;

    /** The policy, which learns in place, and what was measured while it did. */
    private record Learner(CausalLm policy, Map<String, Double> measured) {}

    /** A prompt and the responses to it. */
    private record Asked(Prompt prompt, List<Candidate> candidates) {}

    /** The pairs of a round, and how many prompts gave none. */
    private record Chosen(List<PreferenceRound.Choice> pairs, int without) {}

    PreferenceLoopRun(PreferenceLoop setup, PromptSource source, PreferenceLabels labels) {
        this.setup = setup;
        this.source = source;
        this.labels = labels;
        this.seeds = new Seeds(setup.seed());
        FitOptions fit = setup.options().fit();
        this.optimizer = new Optimizer(setup.policy().parameters(), fit.learningRate(), fit.weightDecay());
        this.reference = setup.policy().copy();
        this.rounds = new PreferenceRounds<>(this::sample, this::label, this::select, this::learn);
    }

    /** How many rounds were taken so far. */
    public int taken() {
        return taken;
    }

    /**
     * Takes one round: sample, label, select, learn.
     *
     * @throws TrainingDiverged if the loss is no longer finite
     */
    public PreferenceRound round() {
        int number = taken + 1;
        Learner now = new Learner(setup.policy(), Map.of());
        PreferenceRounds.Round<Learner, List<Asked>, List<double[]>, Chosen> round;
        try {
            round = rounds.round(new PreferenceRounds.Now<>(
                    number, now, now, own(number).child("selection").generator()));
        } catch (NonFiniteTerm term) {
            throw new TrainingDiverged(term, number, setup.options().fit().learningRate());
        }
        replayed.addLast(round.data().pairs());
        while (replayed.size() > setup.options().replay()) {
            replayed.removeFirst();
        }
        taken = number;
        Map<String, Double> metrics = measured(round.labels(), round.data());
        metrics.putAll(round.next().measured());
        return new PreferenceRound(number, round.data().pairs(), metrics);
    }

    private Seeds own(int number) {
        return seeds.child(number);
    }

    private List<Asked> sample(PreferenceRounds.Now<Learner> now) {
        if (setup.reference() == PreferenceLoop.ReferenceRule.LAST_ROUND && taken > 0) {
            CausalLm last = reference;
            reference = setup.policy().copy();
            last.close();
        }
        PreferenceLoopOptions options = setup.options();
        Seeds own = own(now.number());
        List<Asked> asked = source.draw(options.prompts(), own.child("prompts").generator()).stream()
                .map(prompt -> new Asked(prompt, new ArrayList<>()))
                .toList();
        answer(setup.policy(), options.samples(), own.child("samples"), false, asked);
        answer(reference, options.referenceSamples(), own.child("reference samples"), true, asked);
        return asked;
    }

    private void answer(CausalLm writer, int each, Seeds own, boolean fromReference, List<Asked> asked) {
        if (each == 0) {
            return;
        }
        List<int[]> repeated = new ArrayList<>();
        for (Asked one : asked) {
            int[] tokens = setup.tokenizer().encode(one.prompt().text());
            for (int i = 0; i < each; i++) {
                repeated.add(tokens);
            }
        }
        List<Completion> drawn = Sampler.sample(writer, repeated, setup.sampling(), own.value());
        List<int[]> tokens = drawn.stream().map(Completion::tokens).toList();
        int pad = setup.tokenizer().padId();
        double[] logps = SequenceSums.of(setup.policy(), repeated, tokens, pad);
        double[] refLogps = SequenceSums.of(reference, repeated, tokens, pad);
        for (int row = 0; row < drawn.size(); row++) {
            String text = setup.tokenizer().decode(tokens.get(row));
            asked.get(row / each)
                    .candidates()
                    .add(new Candidate(text, drawn.get(row), logps[row], refLogps[row], fromReference));
        }
    }

    private List<double[]> label(PreferenceRounds.Now<Learner> now, List<Asked> asked) {
        List<double[]> scores = new ArrayList<>();
        for (Asked one : asked) {
            double[] some = labels.score(one.prompt(), List.copyOf(one.candidates()));
            if (some.length != one.candidates().size()) {
                throw Check.failure("labels", one.candidates().size() + " scores", some.length);
            }
            scores.add(some);
        }
        return scores;
    }

    private Chosen select(PreferenceRounds.Now<Learner> now, List<Asked> asked, List<double[]> scores) {
        RandomGenerator random = now.random();
        List<PreferenceRound.Choice> pairs = new ArrayList<>();
        int without = 0;
        for (int i = 0; i < asked.size(); i++) {
            List<Candidate> some = List.copyOf(asked.get(i).candidates());
            double[] score = scores.get(i);
            List<PairSelection.Choice> selected = setup.selection().select(some, score, random);
            without += selected.isEmpty() ? 1 : 0;
            for (PairSelection.Choice pair : selected) {
                pairs.add(new PreferenceRound.Choice(
                        asked.get(i).prompt().text(),
                        some.get(pair.chosen()),
                        some.get(pair.rejected()),
                        score[pair.chosen()],
                        score[pair.rejected()]));
            }
        }
        return new Chosen(pairs, without);
    }

    private static Map<String, Double> measured(List<double[]> scores, Chosen chosen) {
        DoubleSummaryStatistics all = new DoubleSummaryStatistics();
        double squares = 0;
        for (double[] some : scores) {
            for (double score : some) {
                if (!Double.isNaN(score)) {
                    all.accept(score);
                    squares += score * score;
                }
            }
        }
        double variance = squares / Math.max(1, all.getCount()) - all.getAverage() * all.getAverage();
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("score", all.getCount() == 0 ? Double.NaN : all.getAverage());
        metrics.put("score_std", Math.sqrt(Math.max(0, variance)));
        metrics.put("pairs", (double) chosen.pairs().size());
        metrics.put("prompts_without_pair", (double) chosen.without());
        return metrics;
    }

    private Learner learn(PreferenceRounds.Now<Learner> now, Chosen chosen) {
        Map<String, Double> measured = new LinkedHashMap<>();
        List<PreferenceRound.Choice> pairs = new ArrayList<>();
        replayed.forEach(pairs::addAll);
        pairs.addAll(chosen.pairs());
        if (!pairs.isEmpty()) { // a round in which nobody preferred anything teaches nothing
            descend(pairs, own(now.number()).child("order"), measured);
        }
        return new Learner(now.policy().policy(), measured);
    }

    private void descend(List<PreferenceRound.Choice> pairs, Seeds own, Map<String, Double> measured) {
        FitOptions fit = setup.options().fit();
        FitLoop.Objective objective = objective(pairs, fit.microBatch());
        Map<String, Double> sums = new LinkedHashMap<>();
        int updates = 0;
        for (int epoch = 0; epoch < fit.epochs(); epoch++) {
            int[] order = Shuffle.order(pairs.size(), own.child(epoch).value());
            for (int from = 0; from < order.length; from += fit.batchSize(), updates++) {
                Map<String, Double> of = new LinkedHashMap<>();
                try (NDManager manager = NDManager.newBaseManager();
                        Scope scope = Scope.open()) {
                    optimizer.forget();
                    int[] rows = Arrays.copyOfRange(order, from, Math.min(order.length, from + fit.batchSize()));
                    of.put("loss", objective.backward(manager, updates, rows, of));
                    double norm = optimizer.step(fit.clipNorm());
                    of.put("grad_norm", NonFiniteTerm.check("the gradient norm", norm, "clipping gradients at 1"));
                }
                of.forEach((name, value) -> sums.merge(name, value, Double::sum));
            }
        }
        for (Map.Entry<String, Double> sum : sums.entrySet()) {
            measured.put(sum.getKey(), sum.getValue() / updates);
        }
    }

    private FitLoop.Objective objective(List<PreferenceRound.Choice> choices, int microBatch) {
        OnlinePreferenceLoss<OnlinePairs> online = setup.onlineLoss();
        int pad = setup.tokenizer().padId();
        if (online != null) {
            return new OnlinePairsObjective(setup.policy(), reference, online, choices, pad, microBatch);
        }
        List<TokenPairs.Pair> pairs = new ArrayList<>();
        for (PreferenceRound.Choice choice : choices) {
            Completion chosen = choice.chosen().tokens();
            pairs.add(new TokenPairs.Pair(
                    chosen.prompt(), chosen.tokens(), choice.rejected().tokens().tokens()));
        }
        FrozenReference frozen = new FrozenReference(reference, false, false);
        return new PairedObjective(setup.policy(), frozen, setup.loss(), pairs, pad, microBatch);
    }

    @Override
    public void close() {
        optimizer.close();
        reference.close();
    }
}
