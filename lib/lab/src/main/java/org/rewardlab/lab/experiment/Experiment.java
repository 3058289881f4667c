package org.rewardlab.lab.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Arms times seeds: {@code Experiment.named("32-par").arms(arms).seeds(5).run((arm, seed, log) -> ...)}. Runs go to as
 * many threads as there are cores; results come in the order of arms and seeds whatever the threads do. Run number k of
 * every arm has the same seed, split from {@code REWARDLAB_SEED} by the experiment's name.
 *
 * @param name letters, digits, dots, dashes and underscores
 * @param arms what is compared, by the name it has in tables and legends, in order
 * @param seeds how many runs each arm has, at least 1
 * @param threads at least 1; 1 keeps all runs on the calling thread
 * @param tensors whether runs make arrays; those they make and don't hand on are freed at the end of the run
 * @param stepName what one step is called in tables and on axes
 */
public record Experiment<A>(
        String name, Map<String, A> arms, int seeds, int threads, boolean tensors, String stepName) {
    private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    public Experiment {
        if (!NAMES.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name: expected letters, digits, dots, dashes and underscores, got \"" + name + "\"");
        }
        if (arms.isEmpty()) {
            throw new IllegalArgumentException("arms: expected at least one, got none");
        }
        if (seeds < 1) {
            throw new IllegalArgumentException("seeds: expected at least 1, got " + seeds);
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads: expected at least 1, got " + threads);
        }
        if (stepName.isBlank() || stepName.equals("arm") || stepName.equals("seed")) {
            throw new IllegalArgumentException(
                    "stepName: expected a word other than arm and seed, got \"" + stepName + "\"");
        }
        arms = Collections.unmodifiableMap(new LinkedHashMap<>(arms));
    }

    /** An experiment whose arms come next. */
    public static Named named(String name) {
        return new Named(name);
    }

    /** The name, waiting for its arms. */
    public record Named(String name) {
        /** Arms that print themselves: records, strings; two that print the same are refused. */
        public <A> Experiment<A> arms(List<? extends A> arms) {
            Map<String, A> named = new LinkedHashMap<>();
            for (A arm : arms) {
                if (named.put(Label.of(arm), arm) != null) {
                    throw new IllegalArgumentException("arms: expected different names, got two of " + Label.of(arm));
                }
            }
            return arms(named);
        }

        /** Arms that print themselves. */
        @SafeVarargs
        public final <A> Experiment<A> arms(A... arms) {
            List<A> list = new ArrayList<>();
            for (A arm : arms) {
                list.add(arm);
            }
            return arms(list);
        }

        /** Arms with names of their own, in the map's order: what lambdas need. */
        public <A> Experiment<A> arms(Map<String, ? extends A> arms) {
            int cores = Runtime.getRuntime().availableProcessors();
            return new Experiment<>(name, new LinkedHashMap<>(arms), 5, cores, true, "step");
        }
    }

    /** How many runs each arm has. */
    public Experiment<A> seeds(int count) {
        return new Experiment<>(name, arms, count, threads, tensors, stepName);
    }

    /** How many runs go at once; 1 for runs that use several threads themselves. */
    public Experiment<A> threads(int count) {
        return new Experiment<>(name, arms, seeds, count, tensors, stepName);
    }

    /** For runs that make no arrays: the tensor engine isn't started. */
    public Experiment<A> withoutTensors() {
        return new Experiment<>(name, arms, seeds, threads, false, stepName);
    }

    /** What one step is called, such as {@code update} or {@code epoch}. */
    public Experiment<A> steps(String word) {
        return new Experiment<>(name, arms, seeds, threads, tensors, word);
    }

    /** The names of the arms, in order. */
    public List<String> labels() {
        return List.copyOf(arms.keySet());
    }

    /** The seed of run number {@code index} of every arm. */
    public long seed(int index) {
        return Seeds.root().child(name).child(index).value();
    }

    /**
     * Runs every arm with every seed.
     *
     * @throws FailedRun when a run fails; the others are stopped
     * @throws InterruptedRun when the calling thread is interrupted; the runs are interrupted too
     */
    public Runs run(Run<? super A> run) {
        List<RunTask<? super A>> tasks = new ArrayList<>();
        arms.forEach((label, arm) -> {
            for (int k = 0; k < seeds; k++) {
                tasks.add(new RunTask<>(label, arm, k, seed(k), run, tensors));
            }
        });
        return new Runs(name, stepName, labels(), seeds, new Workers(name, threads).all(tasks));
    }
}
