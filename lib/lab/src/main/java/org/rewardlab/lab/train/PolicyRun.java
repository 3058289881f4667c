package org.rewardlab.lab.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.rewardlab.lab.data.PromptSource;
import org.rewardlab.lab.experiment.Seeds;
import org.rewardlab.lab.model.CausalLm;
import org.rewardlab.lab.model.ValueModel;
import org.rewardlab.policy.KlController;
import org.rewardlab.tensor.Scope;

/**
 * A run of {@link PolicyTraining} that stands between two steps: optimizers, reference, controller and the number of steps
 * taken. Leaving a loop over {@link #steps}, also by an interrupt, leaves it usable; a later loop goes on from there.
 */
public final class PolicyRun implements AutoCloseable {

    private final PolicyTraining setup;
    private final PromptSource source;
    private final Seeds seeds;
    private final Optimizer optimizer;
    private final @Nullable Optimizer criticOptimizer;
    private final CausalLm reference;
    private KlController.State kl;
    private int taken;

    PolicyRun(PolicyTraining setup, PromptSource source) {
        this.setup = setup;
        this.source = source;
        this.seeds = new Seeds(setup.run().seed());
        this.optimizer = new Optimizer(
                setup.models().policy().parameters(),
                setup.options().learningRate(),
                0,
                setup.options().warmup());
        ValueModel critic = setup.models().critic();
        this.criticOptimizer = critic == null
                ? null
                : new Optimizer(
                        critic.parameters(),
                        setup.options().criticLearningRate(),
                        0,
                        setup.options().warmup());
        CausalLm given = setup.models().reference();
        this.reference = given == null
                ? FrozenReference.copy(setup.models().policy(), setup.run().checkpoints())
                : given;
        this.kl = setup.objective().klController().initial();
        Checkpoints checkpoints = setup.run().checkpoints();
        if (checkpoints != null) {
            resume(checkpoints);
        }
    }

    /** How many steps were taken so far, those before a resumption included. */
    public int taken() {
        return taken;
    }

    /** So many further steps, each taken when it is asked for. */
    public Iterable<PolicyStep> steps(int count) {
        return () -> new Iterator<>() {
            private final int last = taken + count;
            private boolean told;
            private boolean over;

            @Override
            public boolean hasNext() {
                if (!told) {
                    told = true;
                    setup.run().tell(listener -> listener.started(last));
                    if (taken > 0) {
                        setup.run().tell(listener -> listener.resumed(taken));
                    }
                }
                boolean interrupted = Thread.currentThread().isInterrupted();
                if (!over && (taken >= last || interrupted)) {
                    over = true;
                    setup.run().tell(listener -> listener.ended(taken >= last ? "" : "interrupted"));
                }
                return !over;
            }

            @Override
            public PolicyStep next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("all steps are taken");
                }
                try {
                    PolicyStep step = step();
                    setup.run()
                            .tell(listener -> listener.stepped(new TrainingStep(
                                    step.number(), last, (double) step.number() / last, step.metrics())));
                    setup.run().tell(listener -> listener.sampled(step));
                    return step;
                } catch (RuntimeException failure) {
                    over = true;
                    setup.run().tell(listener -> listener.ended("stopped by an error"));
                    throw failure;
                }
            }
        };
    }

    /**
     * Takes one step: sample, score, assign credit, update. Listeners hear of the steps of a loop, not of this one.
     *
     * @throws TrainingDiverged if a term is no longer finite; the update that it belongs to is not made
     */
    public PolicyStep step() {
        int number = taken + 1;
        Seeds own = seeds.child(number);
        double rate = optimizer.learningRate();
        try (NDManager manager = NDManager.newBaseManager();
                Scope scope = Scope.open()) {
            Rollout rollout = Rollout.draw(setup, source, own);
            Map<String, Double> metrics = new LinkedHashMap<>(rollout.metrics());
            PolicyUpdate update =
                    new PolicyUpdate(setup, reference, optimizer, criticOptimizer, manager, rollout, kl, metrics);
            List<ScoredCompletion> samples = update.run(own);
            kl = setup.objective().klController().next(kl, metrics.getOrDefault("kl", 0.0), samples.size());
            taken = number;
            metrics.put("step", (double) number);
            metrics.put("learning_rate", rate);
            write();
            return new PolicyStep(number, samples, metrics);
        } catch (NonFiniteTerm term) {
            throw new TrainingDiverged(term, number, setup.options().learningRate());
        }
    }

    private Map<String, String> description() {
        Map<String, String> described = new LinkedHashMap<>();
        described.put("trainer", "PolicyTraining");
        described.put("seed", String.valueOf(setup.run().seed()));
        described.put("options", setup.options().toString());
        described.put("sampling", setup.data().sampling().toString());
        described.put(
                "rewards",
                setup.data().rewards().stream()
                        .map(reward -> reward.name() + " * " + reward.weight())
                        .toList()
                        .toString());
        return described;
    }

    private void resume(Checkpoints checkpoints) {
        Checkpoints.Saved saved = checkpoints.newest(description());
        try (NDManager manager = NDManager.newBaseManager();
                Scope scope = Scope.open()) {
            if (saved != null) {
                JsonNode state = saved.state();
                Map<String, NDArray> arrays = saved.load(manager);
                optimizer.restore(
                        "policy", arrays, state.required("policy_steps").asLong());
                if (criticOptimizer != null) {
                    criticOptimizer.restore(
                            "critic", arrays, state.required("critic_steps").asLong());
                }
                JsonNode controller = state.required("kl");
                kl = new KlController.State(
                        controller.required("coefficient").asDouble(),
                        controller.required("applied").asDouble());
                taken = saved.step();
            }
        }
    }

    private void write() {
        Checkpoints checkpoints = setup.run().checkpoints();
        if (checkpoints == null || taken % checkpoints.every() != 0) {
            return;
        }
        ObjectNode state = Checkpoints.state(taken, description());
        Map<String, NDArray> arrays = new LinkedHashMap<>(optimizer.arrays("policy"));
        state.put("policy_steps", optimizer.steps());
        if (criticOptimizer != null) {
            arrays.putAll(criticOptimizer.arrays("critic"));
            state.put("critic_steps", criticOptimizer.steps());
        }
        state.putObject("kl").put("coefficient", kl.coefficient()).put("applied", kl.applied());
        checkpoints.write(arrays, state);
    }

    @Override
    public void close() {
        optimizer.close();
        if (criticOptimizer != null) {
            criticOptimizer.close();
        }
        if (setup.models().reference() == null) {
            reference.close();
        }
    }
}
