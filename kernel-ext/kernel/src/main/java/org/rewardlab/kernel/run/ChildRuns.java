package org.rewardlab.kernel.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.rewardlab.kernel.Tool;
import org.rewardlab.kernel.install.KernelStart;
import org.rewardlab.kernel.output.SystemStreams;

/**
 * Runs each notebook in a JVM of its own, started in the notebook's folder as the kernel is, with this JVM's class path, and
 * with this JVM's options after those of the kernel.
 */
final class ChildRuns {
    /** The share of the memory that notebooks which run at the same time have together. */
    private static final int SHARED_HEAP_PERCENT = 60;

    private final List<RunPlan> plans;
    private final int jobs;
    private final ConcurrentLinkedQueue<Process> children = new ConcurrentLinkedQueue<>();
    private final PrintStream out = SystemStreams.processOut();

    ChildRuns(List<RunPlan> plans, int jobs) {
        this.plans = plans;
        this.jobs = Math.min(jobs, plans.size());
    }

    ExitCode run() {
        Thread stop = new Thread(() -> children.forEach(Process::destroy), "stop-children");
        Runtime.getRuntime().addShutdownHook(stop);
        ExecutorService pool = Executors.newFixedThreadPool(jobs);
        ExitCode worst = ExitCode.RAN;
        try {
            List<Future<ExitCode>> runs = new ArrayList<>();
            for (RunPlan plan : plans) {
                runs.add(pool.submit(() -> run(plan)));
            }
            for (Future<ExitCode> run : runs) {
                worst = worst.and(run.get());
            }
        } catch (ExecutionException e) {
            SystemStreams.processErr().println("cannot start a JVM: " + e.getMessage());
            worst = ExitCode.NOT_STARTED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            worst = ExitCode.NOT_STARTED;
        } finally {
            pool.shutdownNow();
            children.forEach(Process::destroy);
        }
        return worst;
    }

    private ExitCode run(RunPlan plan) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command(plan))
                .directory(Objects.requireNonNull(plan.notebook().getParent()).toFile())
                .redirectInput(ProcessBuilder.Redirect.INHERIT);
        boolean alone = jobs == 1;
        if (alone) {
            builder.inheritIO();
        } else {
            builder.redirectErrorStream(true);
        }
        Process child = builder.start();
        children.add(child);
        if (!alone) {
            String name = String.valueOf(plan.notebook().getFileName()).replaceFirst("\\.ipynb$", "");
            try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    out.println(name + " | " + line);
                }
            }
        }
        int status = child.waitFor();
        children.remove(child);
        ExitCode code = ExitCode.ofStatus(status);
        if (code.status() != status) {
            SystemStreams.processErr()
                    .println(plan.notebook() + ": its JVM ended with status " + status + "; what ran until then is in "
                            + plan.output());
        }
        return code;
    }

    private List<String> command(RunPlan plan) {
        KernelStart start = KernelStart.ofThisProgram(Tool.class.getName());
        List<String> command = new ArrayList<>();
        command.add(start.java().toString());
        command.addAll(start.options());
        if (jobs > 1) {
            command.add("-XX:MaxRAMPercentage=" + Math.max(5, SHARED_HEAP_PERCENT / jobs));
        }
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (!option.startsWith("-XX:ArchiveClassesAtExit")) {
                command.add(option);
            }
        }
        command.add(start.mainClass());
        command.add("run");
        command.add("--child");
        if (plan.output().equals(plan.notebook())) {
            command.add("--in-place");
        } else {
            command.add("--out=" + plan.output().getParent());
        }
        if (plan.page() != null) {
            command.add("--html");
        }
        if (plan.timeout() != null) {
            command.add("--timeout=" + plan.timeout().toMillis() / 1000.0);
        }
        if (plan.allowErrors()) {
            command.add("--allow-errors");
        }
        if (plan.slim()) {
            command.add("--slim");
        }
        if (plan.trace()) {
            command.add("--trace");
        }
        plan.parameters().forEach((name, value) -> command.add("--set=" + name + "=" + value));
        command.add("--");
        command.add(plan.notebook().toString());
        return command;
    }
}
