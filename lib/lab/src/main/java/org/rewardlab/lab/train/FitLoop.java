package org.rewardlab.lab.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rewardlab.lab.data.Shuffle;
import org.rewardlab.lab.experiment.Seeds;
import org.rewardlab.tensor.Scope;

/**
 * Passes over rows of data: shuffle, take a batch, differentiate, step; and around that checkpoints and listeners. What
 * distinguishes trainers on fixed data is the {@link Objective} alone.
 */
final class FitLoop {

    /** What is minimised. */
    @FunctionalInterface
    interface Objective {
        /**
         * Adds the derivative of the loss on some rows to the gradients of the parameters.
         *
         * @param step its number, for what is drawn
         * @param metrics that it fills
         * @return the loss
         */
        double backward(NDManager manager, int step, int[] rows, Map<String, Double> metrics);
    }

    private final String trainer;
    private final int rows;
    private final FitOptions options;
    private final RunOptions run;
    private final Objective objective;
    private final Map<String, String> setup;
    private final int stepsPerEpoch;
    private final int steps;
    private final Map<String, Double> sums = new LinkedHashMap<>();
    private int inEpoch;
    private int shuffled = -1;
    private int[] order = {};
    private Map<String, Double> means = Map.of();

    /**
     * @param trainer its name, in checkpoints
     * @param rows of data
     * @param setup what else a run must share with the one whose checkpoints it goes on from
     */
    FitLoop(
            String trainer,
            int rows,
            FitOptions options,
            RunOptions run,
            Map<String, String> setup,
            Objective objective) {
        this.trainer = trainer;
        this.rows = rows;
        this.options = options;
        this.run = run;
        this.objective = objective;
        this.stepsPerEpoch = (rows + options.batchSize() - 1) / options.batchSize();
        this.steps = Math.multiplyExact(options.epochs(), stepsPerEpoch);
        this.setup = new TreeMap<>(setup);
        this.setup.put("trainer", trainer);
        this.setup.put("rows", String.valueOf(rows));
        this.setup.put("options", options.toString());
        this.setup.put("seed", String.valueOf(run.seed()));
    }

    FitRun run(List<NDArray> parameters) {
        String reason = "stopped by an error";
        run.tell(listener -> listener.started(steps));
        try (Optimizer optimizer = new Optimizer(parameters, options.learningRate(), options.weightDecay())) {
            int step = resume(optimizer);
            Checkpoints checkpoints = run.checkpoints();
            boolean interrupted = false;
            while (step < steps && !interrupted) {
                step(step + 1, optimizer);
                step++;
                interrupted = Thread.currentThread().isInterrupted();
                if (checkpoints != null && (interrupted || step == steps || step % checkpoints.every() == 0)) {
                    write(checkpoints, step, optimizer);
                }
            }
            reason = step < steps ? "interrupted" : "";
            return new FitRun(step, step < steps, inEpoch == 0 ? means : current());
        } catch (TrainingDiverged diverged) {
            reason = "diverged";
            throw diverged;
        } finally {
            String why = reason;
            run.tell(listener -> listener.ended(why));
        }
    }

    private void step(int number, Optimizer optimizer) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        try (NDManager manager = NDManager.newBaseManager();
                Scope scope = Scope.open()) {
            optimizer.forget();
            metrics.put("loss", objective.backward(manager, number, batch(number), metrics));
            double norm = optimizer.step(options.clipNorm());
            metrics.put("grad_norm", NonFiniteTerm.check("the gradient norm", norm, "clipping with clipNorm(1)"));
        } catch (NonFiniteTerm term) {
            throw new TrainingDiverged(term, number, options.learningRate());
        }
        metrics.put("learning_rate", options.learningRate());
        metrics.forEach((name, value) -> sums.merge(name, value, Double::sum));
        inEpoch++;
        if (number % stepsPerEpoch == 0) {
            means = current();
            sums.clear();
            inEpoch = 0;
        }
        TrainingStep done = new TrainingStep(number, steps, (double) number / stepsPerEpoch, metrics);
        run.tell(listener -> listener.stepped(done));
    }

    private int[] batch(int step) {
        int epoch = (step - 1) / stepsPerEpoch;
        int from = (step - 1) % stepsPerEpoch * options.batchSize();
        if (epoch != shuffled) {
            order = Shuffle.order(rows, new Seeds(run.seed()).child(epoch).value());
            shuffled = epoch;
        }
        return Arrays.copyOfRange(order, from, Math.min(rows, from + options.batchSize()));
    }

    private Map<String, Double> current() {
        Map<String, Double> averages = new LinkedHashMap<>();
        sums.forEach((name, sum) -> averages.put(name, sum / inEpoch));
        return averages;
    }

    private int resume(Optimizer optimizer) {
        Checkpoints checkpoints = run.checkpoints();
        Checkpoints.Saved saved = checkpoints == null ? null : checkpoints.newest(setup);
        if (saved == null) {
            return 0;
        }
        JsonNode state = saved.state();
        try (NDManager manager = NDManager.newBaseManager();
                Scope scope = Scope.open()) {
            optimizer.restore(
                    "model",
                    saved.load(manager),
                    state.required("optimizer_steps").asLong());
        }
        inEpoch = state.required("in_epoch").asInt();
        sums.putAll(numbers(state.required("sums")));
        means = numbers(state.required("means"));
        run.tell(listener -> listener.resumed(saved.step()));
        return saved.step();
    }

    private void write(Checkpoints checkpoints, int step, Optimizer optimizer) {
        ObjectNode state = Checkpoints.state(step, setup);
        state.put("optimizer_steps", optimizer.steps());
        state.put("in_epoch", inEpoch);
        sums.forEach(state.putObject("sums")::put);
        means.forEach(state.putObject("means")::put);
        checkpoints.write(optimizer.arrays("model"), state);
    }

    private static Map<String, Double> numbers(JsonNode node) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        node.properties()
                .forEach(field -> numbers.put(field.getKey(), field.getValue().asDouble()));
        return numbers;
    }

    @Override
    public String toString() {
        return trainer + ", " + steps + " steps";
    }
}
