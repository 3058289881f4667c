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
import org.rewardlab.tensor.Scope;

/** A run of {@link PreferenceLoop} that stands between two rounds: optimizer, reference, and pairs of rounds before. */
public final class PreferenceLoopRun implements AutoCloseable {
    private final PreferenceLoop setup;
    private final PromptSource source;
    private final PreferenceLabels labels;
    private final Seeds seeds;
    private final Optimizer optimizer;
    private final Deque<List<PreferenceRound.Choice>> replayed = new ArrayDeque<>();
    private CausalLm reference;
    private int taken;

    PreferenceLoopRun(PreferenceLoop setup, PromptSource source, PreferenceLabels labels) {
        this.setup = setup;
        this.source = source;
        this.labels = labels;
        this.seeds = new Seeds(setup.seed());
        FitOptions fit = setup.options().fit();
        this.optimizer = new Optimizer(setup.policy().parameters(), fit.learningRate(), fit.weightDecay());
        this.reference = setup.policy().copy();
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
        Seeds own = seeds.child(number);
        if (setup.parts().reference() == PreferenceLoop.ReferenceRule.LAST_ROUND && taken > 0) {
            CausalLm last = reference;
            reference = setup.policy().copy();
            last.close();
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        List<PreferenceRound.Choice> choices = choose(own, metrics);
        replayed.addLast(choices);
        while (replayed.size() > setup.options().replay() + 1) {
            replayed.removeFirst();
        }
        try {
            learn(replayed.stream().flatMap(List::stream).toList(), own.child("order"), metrics);
        } catch (NonFiniteTerm term) {
            throw new TrainingDiverged(term, number, setup.options().fit().learningRate());
        }
        taken = number;
        return new PreferenceRound(number, choices, metrics);
    }

    private List<PreferenceRound.Choice> choose(Seeds own, Map<String, Double> metrics) {
        PreferenceLoopOptions options = setup.options();
        List<Prompt> prompts =
                source.draw(options.prompts(), own.child("prompts").generator());
        List<List<Candidate>> candidates = new ArrayList<>();
        prompts.forEach(prompt -> candidates.add(new ArrayList<>()));
        sample(setup.policy(), prompts, options.samples(), own.child("samples"), false, candidates);
        sample(reference, prompts, options.referenceSamples(), own.child("reference samples"), true, candidates);
        RandomGenerator random = own.child("selection").generator();
        List<PreferenceRound.Choice> choices = new ArrayList<>();
        DoubleSummaryStatistics all = new DoubleSummaryStatistics();
        double squares = 0;
        int without = 0;
        for (int i = 0; i < prompts.size(); i++) {
            List<Candidate> some = List.copyOf(candidates.get(i));
            double[] scores = labels.score(prompts.get(i), some);
            if (scores.length != some.size()) {
                throw org.rewardlab.tensor.Check.failure("labels", some.size() + " scores", scores.length);
            }
            for (double score : scores) {
                if (!Double.isNaN(score)) {
                    all.accept(score);
                    squares += score * score;
                }
            }
            List<PairSelection.Choice> selected = setup.parts().selection().select(some, scores, random);
            without += selected.isEmpty() ? 1 : 0;
            for (PairSelection.Choice pair : selected) {
                choices.add(new PreferenceRound.Choice(
                        prompts.get(i).text(),
                        some.get(pair.chosen()),
                        some.get(pair.rejected()),
                        scores[pair.chosen()],
                        scores[pair.rejected()]));
            }
        }
        double variance = squares / Math.max(1, all.getCount()) - all.getAverage() * all.getAverage();
        metrics.put("score", all.getCount() == 0 ? Double.NaN : all.getAverage());
        metrics.put("score_std", Math.sqrt(Math.max(0, variance)));
        metrics.put("pairs", (double) choices.size());
        metrics.put("prompts_without_pair", (double) without);
        return choices;
    }

    private void sample(
            CausalLm writer,
            List<Prompt> prompts,
            int each,
            Seeds own,
            boolean fromReference,
            List<List<Candidate>> candidates) {
        if (each == 0) {
            return;
        }
        List<int[]> repeated = new ArrayList<>();
        for (Prompt prompt : prompts) {
            int[] tokens = setup.tokenizer().encode(prompt.text());
            for (int i = 0; i < each; i++) {
                repeated.add(tokens);
            }
        }
        List<Completion> drawn = Sampler.sample(writer, repeated, setup.parts().sampling(), own.value());
        List<int[]> tokens = drawn.stream().map(Completion::tokens).toList();
        int pad = setup.tokenizer().padId();
        double[] logps = SequenceSums.of(setup.policy(), repeated, tokens, pad);
        double[] refLogps = SequenceSums.of(reference, repeated, tokens, pad);
        for (int row = 0; row < drawn.size(); row++) {
            String text = setup.tokenizer().decode(tokens.get(row));
            candidates
                    .get(row / each)
                    .add(new Candidate(text, drawn.get(row), logps[row], refLogps[row], fromReference));
        }
    }

    private void learn(List<PreferenceRound.Choice> pairs, Seeds own, Map<String, Double> metrics) {
        if (pairs.isEmpty()) {
            return; // a round in which nobody preferred anything teaches nothing
        }
        FitOptions fit = setup.options().fit();
        FitLoop.Objective objective = objective(pairs, fit.microBatch());
        Map<String, Double> sums = new LinkedHashMap<>();
        int updates = 0;
        for (int epoch = 0; epoch < fit.epochs(); epoch++) {
            int[] order = Shuffle.order(pairs.size(), own.child(epoch).value());
            for (int from = 0; from < order.length; from += fit.batchSize(), updates++) {
                Map<String, Double> measured = new LinkedHashMap<>();
                try (NDManager manager = NDManager.newBaseManager();
                        Scope scope = Scope.open()) {
                    optimizer.forget();
                    int[] rows = Arrays.copyOfRange(order, from, Math.min(order.length, from + fit.batchSize()));
                    measured.put("loss", objective.backward(manager, updates, rows, measured));
                    double norm = optimizer.step(fit.clipNorm());
                    measured.put(
                            "grad_norm", NonFiniteTerm.check("the gradient norm", norm, "clipping gradients at 1"));
                }
                measured.forEach((name, value) -> sums.merge(name, value, Double::sum));
            }
        }
        for (Map.Entry<String, Double> sum : sums.entrySet()) {
            metrics.put(sum.getKey(), sum.getValue() / updates);
        }
    }

    private FitLoop.Objective objective(List<PreferenceRound.Choice> choices, int microBatch) {
        OnlinePreferenceLoss<OnlinePairs> online = setup.parts().onlineLoss();
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
        return new PairedObjective(setup.policy(), frozen, setup.parts().loss(), pairs, pad, microBatch);
    }

    @Override
    public void close() {
        optimizer.close();
        reference.close();
    }
}
