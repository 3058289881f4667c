package org.rewardlab.lab.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.rewardlab.credit.Advantages;
import org.rewardlab.credit.Rollouts;
import org.rewardlab.evaluate.ExplainedVariance;
import org.rewardlab.lab.data.Prompt;
import org.rewardlab.lab.data.PromptSource;
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
import org.rewardlab.tensor.Gradients;
import org.rewardlab.tensor.LossOutput;
import org.rewardlab.tensor.Masked;
import org.rewardlab.tensor.Scope;
import org.rewardlab.tensor.Script;
import org.rewardlab.tensor.Tensors;

/**
 * A run of {@link PolicyTraining} that stands between two steps: optimizers, reference, controller and the number of steps
 * taken. Leaving a loop over {@link #steps}, also by an interrupt, leaves it usable; a later loop goes on from there.
 */
public final class PolicyRun implements AutoCloseable {

    private static final Script WEIGHTED_SUM = Script.of("""
            def weighted(self, a: Tensor, b: Tensor, weight: float) -> Tensor:
              return torch.add(a, torch.mul(b, weight))
            """);

    private final PolicyTraining setup;
    private final PromptSource source;
    private final Seeds seeds;
    private final AdamW optimizer;
    private final @Nullable AdamW criticOptimizer;
    private final @Nullable CausalLm reference;
    private KlController.State kl;
    private int taken;

    PolicyRun(PolicyTraining setup, PromptSource source) {
        this.setup = setup;
        this.source = source;
        this.seeds = new Seeds(setup.seed());
        this.optimizer = new AdamW(setup.policy().parameters(), setup.options().learningRate(), 0);
        ValueModel critic = setup.valueModel();
        this.criticOptimizer = critic == null
                ? null
                : new AdamW(critic.parameters(), setup.options().criticLearningRate(), 0);
        this.reference = setup.policy().copy();
        this.kl = setup.klController().initial();
    }

    /** How many steps were taken so far. */
    public int taken() {
        return taken;
    }

    /** So many further steps, each taken when it is asked for. */
    public Iterable<PolicyStep> steps(int count) {
        return () -> new Iterator<>() {
            private int left = count;

            @Override
            public boolean hasNext() {
                return left > 0 && !Thread.currentThread().isInterrupted();
            }

            @Override
            public PolicyStep next() {
                if (left <= 0) {
                    throw new NoSuchElementException("all steps are taken");
                }
                left--;
                return step();
            }
        };
    }

    /** Takes one step: sample, score, assign credit, update. */
    public PolicyStep step() {
        int number = taken + 1;
        Seeds own = seeds.child(number);
        Rollout rollout = Rollout.draw(setup, source, own);
        Map<String, Double> metrics = new LinkedHashMap<>(rollout.metrics());
        try (NDManager manager = NDManager.newBaseManager();
                Scope scope = Scope.open()) {
            List<ScoredCompletion> samples = learn(manager, rollout, own, metrics);
            taken = number;
            metrics.put("step", (double) number);
            return new PolicyStep(number, samples, metrics);
        }
    }

    private List<ScoredCompletion> learn(NDManager manager, Rollout rollout, Seeds own, Map<String, Double> metrics) {
        CausalLm policy = setup.policy();
        List<Completion> completions = rollout.completions();
        SequenceBatch all = sequences(manager, completions, rollout.counts());
        ValueModel critic = setup.valueModel();
        NDArray values = null;
        if (critic != null) {
            try (GradientMode mode = GradientMode.paused()) {
                values = critic.values(all);
            }
        }
        RolloutBatch batch = RolloutBatch.of(
                manager,
                policy,
                reference,
                values,
                all,
                completions,
                rollout.rewards(),
                rollout.groups(),
                setup.sampling().temperature());
        Rollouts credited = batch.rollouts().withRewards(setup.credit().assign(batch.rollouts()));
        Advantages advantages = setup.estimator().estimate(credited);
        measure(batch, rollout, metrics);
        metrics.put("grad_norm", 0.0); // until an update says otherwise: a batch that teaches nothing changes nothing
        if (critic != null) {
            metrics.put(
                    "explained_variance",
                    ExplainedVariance.of(valuesOf(credited), advantages.requireReturns(), all.mask()));
        }
        if (Masked.count(all.mask()) > 0) {
            update(manager, batch, advantages, completions, rollout.counts(), own, metrics);
        }
        kl = setup.klController().next(kl, metrics.getOrDefault("kl", 0.0), completions.size());
        return describe(rollout, batch, credited, advantages);
    }

    private SequenceBatch sequences(NDManager manager, List<Completion> completions, boolean[] counts) {
        SequenceBatch batch = SequenceBatch.of(
                manager,
                setup.policy().dataType(),
                completions.stream().map(Completion::prompt).toList(),
                completions.stream().map(Completion::tokens).toList(),
                setup.tokenizer().padId());
        double[][] mask = Tensors.toRows(batch.mask());
        for (int b = 0; b < mask.length; b++) {
            if (!counts[b]) {
                Arrays.fill(mask[b], 0);
            }
        }
        return new SequenceBatch(
                batch.ids(),
                batch.places(),
                Tensors.fromRows(manager, mask, setup.policy().dataType()));
    }

    private void measure(RolloutBatch batch, Rollout rollout, Map<String, Double> metrics) {
        NDArray ref = batch.refLogps();
        if (ref != null && Masked.count(batch.sequences().mask()) > 0) {
            try (GradientMode mode = GradientMode.paused()) {
                NDArray k3 = KlEstimator.k3(20).estimate(batch.oldLogps(), ref);
                metrics.put(
                        "kl",
                        Tensors.toDoubles(Masked.mean(k3, batch.sequences().mask()))[0]);
            }
        }
        double[][] fresh = Tensors.toRows(batch.oldLogps());
        double largest = 0;
        for (int b = 0; b < fresh.length; b++) {
            double[] drawn = rollout.completions().get(b).logps();
            for (int t = 0; t < drawn.length && rollout.counts()[b]; t++) {
                largest = Math.max(largest, Math.abs(fresh[b][t] - drawn[t]));
            }
        }
        metrics.put("sampling/sampling_logp_difference/max", largest);
    }

    private void update(
            NDManager manager,
            RolloutBatch batch,
            Advantages advantages,
            List<Completion> completions,
            boolean[] counts,
            Seeds own,
            Map<String, Double> metrics) {
        PolicyOptions options = setup.options();
        int rows = completions.size();
        int size = options.minibatch() == 0 ? rows : Math.min(rows, options.minibatch());
        for (int pass = 0; pass < options.updates(); pass++) {
            int[] order = size == rows
                    ? range(rows)
                    : Shuffle.order(rows, own.child("order").child(pass).value());
            for (int from = 0; from < rows; from += size) {
                int[] chosen = Arrays.copyOfRange(order, from, Math.min(rows, from + size));
                try (Scope scope = Scope.open()) {
                    updateOn(manager, chosen, batch, advantages, completions, counts, metrics);
                }
            }
        }
    }

    private void updateOn(
            NDManager manager,
            int[] rows,
            RolloutBatch batch,
            Advantages advantages,
            List<Completion> completions,
            boolean[] counts,
            Map<String, Double> metrics) {
        Rows pick = new Rows(manager, rows);
        SequenceBatch some = sequences(
                manager, Arrays.stream(rows).mapToObj(completions::get).toList(), pick.of(counts));
        if (Masked.count(some.mask()) == 0) {
            return;
        }
        int width = (int) some.mask().getShape().get(1);
        NDArray old = pick.of(batch.oldLogps(), width);
        NDArray ref = batch.refLogps() == null ? null : pick.of(batch.refLogps(), width);
        NDArray target = pick.of(advantages.advantages(), width);
        NDArray total = Gradients.record(() -> {
            NDArray logps = setup.policy().responseLogps(some, setup.sampling().temperature());
            PolicyBatch input = new PolicyBatch(logps, old, target, some.mask());
            LossOutput loss = setup.policyLoss().loss(ref == null ? input : input.withRefLogps(ref));
            metrics.put("policy_loss", loss.value());
            loss.metrics().toMap().forEach(metrics::put);
            KlEstimator estimator = setup.klEstimator();
            if (estimator == null || ref == null) {
                return loss.loss();
            }
            NDArray term = Masked.mean(estimator.estimate(logps, ref), some.mask());
            metrics.put("kl_coef", kl.applied());
            return WEIGHTED_SUM.call(loss.loss(), term, kl.applied());
        });
        double loss = Tensors.toDoubles(total)[0];
        metrics.put("loss", loss);
        if (!Double.isFinite(loss)) {
            throw new TrainingDiverged(
                    "the policy loss is " + loss,
                    taken + 1,
                    taken + 1,
                    setup.options().learningRate());
        }
        Gradients.backward(total);
        metrics.put("grad_norm", optimizer.step(setup.options().clipNorm()).gradients());
        ValueModel critic = setup.valueModel();
        if (critic != null && criticOptimizer != null) {
            NDArray returns = pick.of(advantages.requireReturns(), width);
            NDArray oldValues = pick.of(
                    org.rewardlab.tensor.Check.present(
                            "values", batch.rollouts().values(), "the value loss"),
                    width);
            LossOutput value = Gradients.record(
                    () -> setup.valueLoss().loss(new ValueBatch(critic.values(some), oldValues, returns, some.mask())));
            metrics.put("value_loss", value.value());
            Gradients.backward(value.loss());
            criticOptimizer.step(setup.options().clipNorm());
        }
    }

    private static NDArray valuesOf(Rollouts rollouts) {
        return Check.present("values", rollouts.values(), "a critic");
    }

    private static int[] range(int count) {
        int[] all = new int[count];
        Arrays.setAll(all, i -> i);
        return all;
    }

    private List<ScoredCompletion> describe(
            Rollout rollout, RolloutBatch batch, Rollouts credited, Advantages advantages) {
        double[][] logps = Tensors.toRows(batch.oldLogps());
        double[][] ref = batch.refLogps() == null ? null : Tensors.toRows(batch.refLogps());
        double[][] rewards = Tensors.toRows(credited.rewards());
        double[][] advantage = Tensors.toRows(advantages.advantages());
        List<ScoredCompletion> samples = new ArrayList<>();
        for (int b = 0; b < logps.length; b++) {
            Completion completion = rollout.completions().get(b);
            int n = completion.length();
            Prompt prompt = rollout.prompts().get(b);
            samples.add(new ScoredCompletion(
                    prompt,
                    setup.tokenizer().decode(completion.tokens()),
                    completion,
                    rollout.named().get(b),
                    rollout.rewards()[b],
                    Arrays.copyOf(logps[b], n),
                    ref == null ? new double[0] : Arrays.copyOf(ref[b], n),
                    Arrays.copyOf(rewards[b], n),
                    Arrays.copyOf(advantage[b], n)));
        }
        return samples;
    }

    @Override
    public void close() {
        optimizer.close();
        if (criticOptimizer != null) {
            criticOptimizer.close();
        }
        if (reference != null) {
            reference.close();
        }
    }
}
