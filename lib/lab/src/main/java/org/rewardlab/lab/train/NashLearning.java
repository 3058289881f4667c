package org.rewardlab.lab.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rewardlab.lab.data.Prompt;
import org.rewardlab.lab.data.PromptSource;
import org.rewardlab.lab.experiment.Seeds;
import org.rewardlab.lab.generate.Completion;
import org.rewardlab.lab.generate.MixtureSampler;
import org.rewardlab.lab.generate.Sampler;
import org.rewardlab.lab.generate.Sampling;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.lab.model.SequenceBatch;
import org.rewardlab.lab.model.Tokenizer;
import org.rewardlab.preference.JudgedSamples;
import org.rewardlab.preference.OnlinePreferenceLoss;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Tensors;

/**
 * Learning to be preferred to a mixture of oneself and one's start: Nash mirror descent, Munos et al. 2023, algorithm
 * Nash-MD-PG.
 *
 * <p>In each round the policy answers each prompt once, the geometric mixture of policy and reference answers it too, a judge
 * says how likely the former is to be preferred, and one update follows. The judge need not be transitive: it compares, it
 * does not score.
 *
 * <pre>{@code
 * var learning = NashLearning.of(policy, tokenizer, prompts, judge, OnlinePreferenceLoss.nashMd(0.1), Options.standard());
 * for (var round : learning.run(50)) { ... }
 * }</pre>
 *
 * @param policy what learns
 * @param tokenizer of both
 * @param prompts where they come from
 * @param judge how likely a response is to be preferred
 * @param loss on judged samples
 * @param sampling how responses are drawn, by policy and opponent
 * @param options sizes and rates
 * @param seed draws prompts and responses
 */
public record NashLearning(
        CausalLm policy,
        Tokenizer tokenizer,
        PromptSource prompts,
        PreferenceLabels.PairwiseJudge judge,
        OnlinePreferenceLoss<JudgedSamples> loss,
        Sampling sampling,
        Options options,
        long seed) {

    /**
     * Sizes and rates.
     *
     * @param prompts of a round
     * @param mixture share of the reference in the opponent, in [0, 1]: 0 is self-play, 1 the reference alone
     * @param learningRate of AdamW
     * @param clipNorm bound on the global norm of gradients; 0 for none
     */
    public record Options(int prompts, double mixture, double learningRate, double clipNorm) {
        public Options {
            Check.atLeast("prompts", prompts, 1);
            Check.within("mixture", mixture, 0, 1);
            Check.positive("learningRate", learningRate);
            Check.notNegative("clipNorm", clipNorm);
        }

        /** 64 prompts, half of each, 5e-4, gradients clipped at 1. */
        public static Options standard() {
            return new Options(64, 0.5, 5e-4, 1);
        }
    }

    /** Completions of at most 32 tokens that end at the end token. */
    public static NashLearning of(
            CausalLm policy,
            Tokenizer tokenizer,
            PromptSource prompts,
            PreferenceLabels.PairwiseJudge judge,
            OnlinePreferenceLoss<JudgedSamples> loss,
            Options options) {
        return new NashLearning(
                policy,
                tokenizer,
                prompts,
                judge,
                loss,
                Sampling.of(32).stopAt(tokenizer.endId()).pad(tokenizer.padId()),
                options,
                Seeds.root().child("nash learning").value());
    }

    /** The same with responses drawn in another way. */
    public NashLearning withSampling(Sampling other) {
        return new NashLearning(policy, tokenizer, prompts, judge, loss, other, options, seed);
    }

    /** The same with another seed. */
    public NashLearning withSeed(long other) {
        return new NashLearning(policy, tokenizer, prompts, judge, loss, sampling, options, other);
    }

    /**
     * Takes so many rounds; an interrupt ends them between two rounds.
     *
     * @return for each round its pairs, the policy's response as the chosen one where the judge leant to it, and its
     *     metrics: {@code win_rate}, the mean probability of the policy's responses to be preferred, and what the loss measures
     * @throws TrainingDiverged if the loss is no longer finite
     */
    public List<PreferenceRound> run(int rounds) {
        List<PreferenceRound> all = new ArrayList<>();
        Seeds seeds = new Seeds(seed);
        try (CausalLm reference = policy.copy();
                Optimizer optimizer = new Optimizer(policy.parameters(), options.learningRate(), 0)) {
            for (int number = 1; number <= rounds && !Thread.currentThread().isInterrupted(); number++) {
                try {
                    all.add(round(number, reference, optimizer, seeds.child(number)));
                } catch (NonFiniteTerm term) {
                    throw new TrainingDiverged(term, number, options.learningRate());
                }
            }
        }
        return all;
    }

    private PreferenceRound round(int number, CausalLm reference, Optimizer optimizer, Seeds own) {
        List<Prompt> asked =
                prompts.draw(options.prompts(), own.child("prompts").generator());
        List<int[]> encoded =
                asked.stream().map(prompt -> tokenizer.encode(prompt.text())).toList();
        List<Completion> mine =
                Sampler.sample(policy, encoded, sampling, own.child("policy").value());
        List<Completion> theirs = MixtureSampler.sample(
                policy,
                reference,
                options.mixture(),
                encoded,
                sampling,
                own.child("opponent").value());
        double[] wins = new double[asked.size()];
        List<PreferenceRound.Choice> choices = new ArrayList<>();
        double mean = 0;
        for (int i = 0; i < wins.length; i++) {
            Candidate a = candidate(mine.get(i));
            Candidate b = candidate(theirs.get(i));
            wins[i] = Check.within("judge", judge.prefers(asked.get(i), a.text(), b.text()), 0, 1);
            mean += wins[i] / wins.length;
            boolean won = wins[i] >= 0.5;
            choices.add(new PreferenceRound.Choice(
                    asked.get(i).text(),
                    won ? a : b,
                    won ? b : a,
                    won ? wins[i] : 1 - wins[i],
                    won ? 1 - wins[i] : wins[i]));
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("win_rate", mean);
        learn(mine, wins, reference, optimizer, metrics);
        return new PreferenceRound(number, choices, metrics);
    }

    private Candidate candidate(Completion drawn) {
        return new Candidate(tokenizer.decode(drawn.tokens()), drawn, drawn.logp(), Double.NaN, false);
    }

    private void learn(
            List<Completion> mine,
            double[] wins,
            CausalLm reference,
            Optimizer optimizer,
            Map<String, Double> metrics) {
        try (NDManager manager = NDManager.newBaseManager();
                Scope scope = Scope.open()) {
            SequenceBatch batch = SequenceBatch.of(
                    manager,
                    policy.dataType(),
                    mine.stream().map(Completion::prompt).toList(),
                    mine.stream().map(Completion::tokens).toList(),
                    tokenizer.padId());
            NDArray ref;
            try (GradientMode mode = GradientMode.paused()) {
                ref = reference.responseLogps(batch, 1);
            }
            NDArray won = Tensors.create(manager, wins, policy.dataType(), wins.length);
            optimizer.forget();
            double value = MicroBatches.backward(
                    batch,
                    0,
                    some -> policy.responseLogps(some, 1),
                    logps -> {
                        LossOutput output = loss.loss(new JudgedSamples(logps, ref, won));
                        output.metrics().toMap().forEach((name, number) -> metrics.put(MetricNames.of(name), number));
                        return output.loss();
                    },
                    "the preference loss",
                    "a smaller beta");
            metrics.put("loss", value);
            metrics.put(
                    "grad_norm",
                    NonFiniteTerm.check(
                            "the gradient norm", optimizer.step(options.clipNorm()), "clipping gradients at 1"));
        }
    }
}
