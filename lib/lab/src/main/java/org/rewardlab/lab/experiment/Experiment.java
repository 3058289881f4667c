package org.rewardlab.lab.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rewardlab.lab.display.Display;
import org.rewardlab.lab.display.NameOrder;

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
 * @param cache where runs are kept, null (as it is unless asked for) for nowhere
 */
public record Experiment<A>(
        String name,
        Map<String, A> arms,
        int seeds,
        int threads,
        boolean tensors,
        String stepName,
        @Nullable RunCache cache) {
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

        /** Arms with names of their own, in the map's order if it has one, else in that of the names: what lambdas need. */
        public <A> Experiment<A> arms(Map<String, ? extends A> arms) {
            int cores = Runtime.getRuntime().availableProcessors();
            return new Experiment<>(name, NameOrder.of(arms), 5, cores, true, "step", null);
        }
    }

    /** How many runs each arm has. */
    public Experiment<A> seeds(int count) {
        return new Experiment<>(name, arms, count, threads, tensors, stepName, cache);
    }

    /** How many runs go at once; 1 for runs that use several threads themselves. */
    public Experiment<A> threads(int count) {
        return new Experiment<>(name, arms, seeds, count, tensors, stepName, cache);
    }

    /** For runs that make no arrays: the tensor engine isn't started. */
    public Experiment<A> withoutTensors() {
        return new Experiment<>(name, arms, seeds, threads, false, stepName, cache);
    }

    /** What one step is called, such as {@code update} or {@code epoch}. */
    public Experiment<A> steps(String word) {
        return new Experiment<>(name, arms, seeds, threads, tensors, word, cache);
    }

    /** {@link #cached(String, Path)} below {@code .rewardlab/cache} of the project. */
    public Experiment<A> cached(String version) {
        return cached(version, Home.folder().resolve(".rewardlab").resolve("cache"));
    }

    /**
     * Keeps what each run reports, and takes it from there next time: an experiment that was stopped goes on with the runs
     * that are missing, and one with another arm makes the runs of that arm alone. How many runs were not made is shown.
     *
     * <p>A run is told by the experiment's name, this version, scale, seed and the content of its arm: a record, or what
     * consists of records, numbers, texts and enums; other arms are refused when runs are asked for. The code of a run is no
     * part of that: change the version with it, and leave the cache out where a claim is to be proven.
     *
     * @param version a word that changes with what a run does
     * @param folder that entries are kept below
     */
    public Experiment<A> cached(String version, Path folder) {
        return new Experiment<>(name, arms, seeds, threads, tensors, stepName, new RunCache(folder, version));
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
        List<Callable<List<RunLog.Row>>> tasks = new ArrayList<>();
        AtomicInteger known = new AtomicInteger();
        arms.forEach((label, arm) -> {
            for (int k = 0; k < seeds; k++) {
                tasks.add(kept(new RunTask<>(label, arm, k, seed(k), run, tensors), known));
            }
        });
        Runs runs = new Runs(name, stepName, labels(), seeds, new Workers(name, threads).all(tasks));
        if (cache != null && known.get() > 0) {
            Display.current()
                    .show(name + ": " + known + " of " + tasks.size() + " runs are those of version \""
                            + cache.version() + "\" kept in " + cache.folder().resolve(name));
        }
        return runs;
    }

    /** The task, or what was kept of it. */
    private Callable<List<RunLog.Row>> kept(RunTask<? super A> task, AtomicInteger known) {
        RunCache here = cache;
        if (here == null) {
            return task;
        }
        RunCache.Key key = here.key(name, task.arm(), task.seed());
        return () -> {
            List<RunLog.Row> rows = here.read(key);
            if (rows != null) {
                known.incrementAndGet();
                return rows;
            }
            List<RunLog.Row> fresh = task.call();
            here.write(key, fresh);
            return fresh;
        };
    }
}
