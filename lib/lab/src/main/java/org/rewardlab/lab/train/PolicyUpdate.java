package org.rewardlab.lab.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.rewardlab.credit.Advantages;
import org.rewardlab.credit.MultiRewardEstimator;
import org.rewardlab.credit.Rollouts;
import org.rewardlab.evaluate.ExplainedVariance;
import org.rewardlab.lab.data.Shuffle;
import org.rewardlab.lab.experiment.Seeds;
import org.rewardlab.lab.generate.Completion;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.lab.model.SequenceBatch;
import org.rewardlab.lab.model.ValueModel;
import org.rewardlab.policy.KlController;
import org.rewardlab.policy.KlEstimator;
import org.rewardlab.policy.PolicyBatch;
import org.rewardlab.policy.ValueBatch;
import org.rewardlab.tensor.Check;
import org.rewardlab.tensor.GradientMode;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Masked;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.Tensors;

/** What one step learns from its rollout: credit, advantages, and passes of updates over its rows. */
final class PolicyUpdate {

    private static final Script WEIGHTED_SUM = Script.of("""
            def weighted(self, a: Tensor, b: Tensor, weight: float) -> Tensor:
              return torch.add(a, torch.mul(b, weight))
            """);

    private final PolicyTraining setup;
    private final CausalLm policy;
    private final CausalLm reference;
    private final Optimizer optimizer;
    private final @Nullable Optimizer criticOptimizer;
    private final NDManager manager;
    private final Rollout rollout;
    private final List<Completion> completions;
    private final KlController.State kl;
    private final Map<String, Double> metrics;

    PolicyUpdate(
            PolicyTraining setup,
            CausalLm reference,
            Optimizer optimizer,
            @Nullable Optimizer criticOptimizer,
            NDManager manager,
            Rollout rollout,
            KlController.State kl,
            Map<String, Double> metrics) {
        this.setup = setup;
        this.policy = setup.models().policy();
        this.reference = reference;
        this.optimizer = optimizer;
        this.criticOptimizer = criticOptimizer;
        this.manager = manager;
        this.rollout = rollout;
        this.completions = rollout.completions();
        this.kl = kl;
        this.metrics = metrics;
    }

    List<ScoredCompletion> run(Seeds seeds) {
        SequenceBatch all = sequences(IntStream.range(0, completions.size()).toArray());
        ValueModel critic = setup.models().critic();
        NDArray values = critic == null ? null : scored(all, critic::values);
        Set<Rollouts.Part> reads = PolicyParts.ofRollouts(setup);
        NDArray both = reads.contains(Rollouts.Part.SQUARED_PROBABILITIES)
                ? scored(all, some -> PolicyScores.squares(policy, some, temperature()))
                : null;
        RolloutBatch batch = RolloutBatch.of(
                manager,
                policy.dataType(),
                all,
                both == null ? scored(all, this::logps) : PolicyScores.part(both, 0),
                scored(all, some -> reference.responseLogps(some, temperature())),
                values,
                both == null ? null : PolicyScores.part(both, 1),
                reads,
                rollout);
        boolean counted = batch.rows().length > 0;
        MultiRewardEstimator ofRewards = setup.objective().rewardEstimator();
        NDArray tokenRewards = batch.rewards();
        Advantages advantages =
                new Advantages(batch.rewards().zerosLike(), batch.rewards().zerosLike());
        if (ofRewards != null) {
            advantages = new Advantages(
                    Advantages.spread(
                            ofRewards.estimate(batch.table(setup.data().rewards(), rollout)), all.mask()),
                    null);
        } else if (counted) {
            Rollouts credited =
                    batch.rollouts().withRewards(setup.objective().credit().assign(batch.rollouts()));
            tokenRewards = batch.everywhere(credited.rewards());
            advantages = batch.everywhere(setup.objective().estimator().estimate(credited));
        }
        if (counted) {
            NonFiniteTerm.check(
                    "the mean advantage",
                    Tensors.toDoubles(Masked.mean(advantages.advantages(), all.mask()))[0],
                    "a bound on rewards (look at the table of completions)");
        }
        measure(batch);
        metrics.put("grad_norm", 0.0); // until an update says otherwise: a batch that teaches nothing changes nothing
        if (values != null && counted) {
            metrics.put("explained_variance", ExplainedVariance.of(values, advantages.requireReturns(), all.mask()));
        }
        if (counted) {
            passes(batch, advantages, seeds);
        }
        return ScoredCompletion.describe(rollout, setup.models().tokenizer(), batch, tokenRewards, advantages);
    }

    private double temperature() {
        return setup.data().sampling().temperature();
    }

    private NDArray logps(SequenceBatch some) {
        return policy.responseLogps(some, temperature());
    }

    /** Scores without recording, no more rows at once than an update may hold. */
    private NDArray scored(SequenceBatch all, java.util.function.Function<SequenceBatch, NDArray> scores) {
        int size = setup.options().microBatch();
        if (size > 0) {
            return MicroBatches.scored(all, completions.size(), size, scores);
        }
        try (GradientMode mode = GradientMode.paused()) {
            return scores.apply(all);
        }
    }

    private SequenceBatch sequences(int[] rows) {
        SequenceBatch batch = SequenceBatch.of(
                manager,
                policy.dataType(),
                Arrays.stream(rows)
                        .mapToObj(row -> completions.get(row).prompt())
                        .toList(),
                Arrays.stream(rows)
                        .mapToObj(row -> completions.get(row).tokens())
                        .toList(),
                setup.models().tokenizer().padId());
        double[][] mask = Tensors.toRows(batch.mask());
        for (int b = 0; b < mask.length; b++) {
            if (!rollout.counts()[rows[b]]) {
                Arrays.fill(mask[b], 0);
            }
        }
        return new SequenceBatch(batch.ids(), batch.places(), Tensors.fromRows(manager, mask, policy.dataType()));
    }

    private void measure(RolloutBatch batch) {
        if (Masked.count(batch.sequences().mask()) > 0) {
            try (GradientMode mode = GradientMode.paused()) {
                NDArray k3 = KlEstimator.k3(20).estimate(batch.oldLogps(), batch.refLogps());
                metrics.put(
                        "kl",
                        Tensors.toDoubles(Masked.mean(k3, batch.sequences().mask()))[0]);
            }
        }
        double[][] fresh = Tensors.toRows(batch.oldLogps());
        double largest = 0;
        for (int b = 0; b < fresh.length; b++) {
            double[] drawn = completions.get(b).logps();
            for (int t = 0; t < drawn.length && rollout.counts()[b]; t++) {
                largest = Math.max(largest, Math.abs(fresh[b][t] - drawn[t]));
            }
        }
        metrics.put("sampling/sampling_logp_difference/max", largest);
    }

    private void passes(RolloutBatch batch, Advantages advantages, Seeds seeds) {
        PolicyOptions options = setup.options();
        int rows = completions.size();
        int size = options.minibatch() == 0 ? rows : Math.min(rows, options.minibatch());
        for (int pass = 0; pass < options.updates(); pass++) {
            int[] order = size == rows
                    ? IntStream.range(0, rows).toArray()
                    : Shuffle.order(rows, seeds.child("order").child(pass).value());
            for (int from = 0; from < rows; from += size) {
                try (Scope scope = Scope.open()) {
                    update(Arrays.copyOfRange(order, from, Math.min(rows, from + size)), batch, advantages);
                }
            }
        }
    }

    private void update(int[] rows, RolloutBatch batch, Advantages advantages) {
        SequenceBatch some = sequences(rows);
        if (Masked.count(some.mask()) == 0) {
            return;
        }
        Rows pick = new Rows(manager, rows);
        int width = (int) some.mask().getShape().get(1);
        NDArray old = pick.of(batch.oldLogps(), width);
        NDArray ref = pick.of(batch.refLogps(), width);
        NDArray target = pick.of(advantages.advantages(), width);
        Set<PolicyBatch.Part> reads = setup.objective().policyLoss().reads();
        boolean curious = reads.contains(PolicyBatch.Part.ENTROPIES);
        PolicyBatch given =
                others(reads, batch, pick, new PolicyBatch(old, old, target, some.mask()).withRefLogps(ref));
        optimizer.forget();
        double loss = MicroBatches.backward(
                some,
                setup.options().microBatch(),
                curious ? few -> PolicyScores.entropies(policy, few, temperature()) : this::logps,
                scores -> loss(
                        curious
                                ? given.withDifferentiable(List.of(PolicyScores.part(scores, 0)))
                                        .withEntropies(PolicyScores.part(scores, 1))
                                : given.withDifferentiable(List.of(scores)),
                        ref),
                "the policy loss",
                "fewer updates a step, a smaller clip range, or a smaller KL coefficient");
        metrics.put("loss", loss);
        double norm = optimizer.step(setup.options().clipNorm());
        metrics.put("grad_norm", NonFiniteTerm.check("the gradient norm of the policy", norm, "a smaller clip range"));
        ValueModel critic = setup.models().critic();
        if (critic != null && criticOptimizer != null) {
            NDArray returns = pick.of(advantages.requireReturns(), width);
            NDArray oldValues = pick.of(Check.present("values", batch.values(), "the value loss"), width);
            criticOptimizer.forget();
            double value = MicroBatches.backward(
                    some,
                    setup.options().microBatch(),
                    critic::values,
                    values -> setup.objective()
                            .valueLoss()
                            .loss(new ValueBatch(values, oldValues, returns, some.mask()))
                            .loss(),
                    "the value loss",
                    "a smaller criticLearningRate, or rewards scaled down");
            metrics.put("value_loss", value);
            NonFiniteTerm.check(
                    "the gradient norm of the critic",
                    criticOptimizer.step(setup.options().clipNorm()),
                    "a smaller criticLearningRate");
        }
    }

    /** With what the loss reads beside log-probabilities and entropies. */
    private PolicyBatch others(Set<PolicyBatch.Part> reads, RolloutBatch batch, Rows pick, PolicyBatch input) {
        SequenceBatch all = batch.sequences();
        int width = (int) input.mask().getShape().get(1);
        PolicyBatch more = input;
        if (reads.contains(PolicyBatch.Part.TURNS)) {
            more = more.withTurns(pick.of(RolloutBatch.turns(all), width));
        }
        if (reads.contains(PolicyBatch.Part.ROLLOUT_LOGPS)) {
            more = more.withRolloutLogps(pick.of(RolloutBatch.noted(all, rollout, Completion::logps), width));
        }
        if (reads.contains(PolicyBatch.Part.IS_WEIGHTS)) {
            more = more.withIsWeights(pick.of(RolloutBatch.weights(all, batch.oldLogps(), rollout), width));
        }
        return more;
    }

    private NDArray loss(PolicyBatch input, NDArray ref) {
        LossOutput loss = setup.objective().policyLoss().loss(input);
        metrics.put("policy_loss", loss.value());
        loss.metrics().toMap().forEach(metrics::put);
        KlEstimator estimator = setup.objective().klEstimator();
        if (estimator == null) {
            return loss.loss();
        }
        NDArray term = Masked.mean(estimator.estimate(input.logps(), ref), input.mask());
        double value = NonFiniteTerm.check(
                "the KL term",
                Tensors.toDoubles(term)[0],
                "an estimator with a bound such as KlEstimator.k3(20), or a larger coefficient from the start");
        metrics.put("kl_loss", value);
        metrics.put("kl_coef", kl.applied());
        return WEIGHTED_SUM.call(loss.loss(), term, kl.applied());
    }
}
