package org.rewardlab.kernel.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.notebook.NotebookException;
import org.rewardlab.kernel.output.SystemStreams;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Executes notebooks without Jupyter, each in its own folder, and says how it went. */
@Command(
        name = "run",
        description = "Execute notebooks without Jupyter, each in its own folder.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Exit status: 0 all cells ran; 1 a cell failed (the notebook is written nevertheless); 2 bad input, or it",
            "could not start; 3 all cells ran, but a claim is red."
        })
public final class RunCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "NOTEBOOK", arity = "1..*", description = "the notebooks")
    private List<Path> notebooks = new ArrayList<>();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            description = "where executed notebooks and pages go (default: ${DEFAULT-VALUE})")
    private Path out = Path.of("executed");

    @Option(names = "--in-place", description = "write each executed notebook over itself")
    private boolean inPlace;

    @Option(names = "--html", description = "write an HTML page beside each executed notebook")
    private boolean html;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "a value for a variable of the cell tagged \"parameters\"; may be given several times")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "stop a cell that takes longer")
    private @Nullable Double timeout;

    @Option(names = "--allow-errors", description = "go on after a cell that failed, and do not count it")
    private boolean allowErrors;

    @Option(names = "--slim", description = "leave out PNG pictures that are there as SVG too, for notebooks to commit")
    private boolean slim;

    @Option(names = "--trace", description = "print what cells print and show")
    private boolean trace;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "how many notebooks run at a time (default: ${DEFAULT-VALUE})")
    private int jobs = 1;

    @Option(names = "--child", hidden = true, description = "end when the process that started this one has ended")
    private boolean child;

    @Override
    public Integer call() {
        if (child) {
            ProcessHandle.current().parent().ifPresent(RunCommand::endWith);
        }
        List<RunPlan> plans;
        try {
            ParameterCell.checkNames(parameters);
            plans = plans();
        } catch (IllegalArgumentException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return ExitCode.NOT_STARTED.status();
        }
        if (plans.size() == 1 && isHere(plans.get(0))) {
            return runHere(plans.get(0)).status();
        }
        return new ChildRuns(plans, jobs).run().status();
    }

    private static void endWith(ProcessHandle parent) {
        Thread watch = new Thread(
                () -> {
                    parent.onExit().join();
                    Runtime.getRuntime().halt(ExitCode.NOT_STARTED.status());
                },
                "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }

    /** A process cannot change its folder, so only a notebook of the present folder can run in this one. */
    private static boolean isHere(RunPlan plan) {
        return Path.of("").toAbsolutePath().equals(plan.notebook().getParent());
    }

    private ExitCode runHere(RunPlan plan) {
        try {
            return new NotebookRun(plan, new RunLog(SystemStreams.processOut(), Terminal.isAttached(), plan.trace()))
                    .run();
        } catch (IllegalArgumentException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return ExitCode.NOT_STARTED;
        }
    }

    private List<RunPlan> plans() {
        if (jobs < 1) {
            throw new ParameterException(spec.commandLine(), "--jobs: expected 1 or more, got " + jobs);
        }
        if (timeout != null && !(timeout > 0 && timeout < 1e9)) {
            throw new ParameterException(spec.commandLine(), "--timeout: expected seconds above 0, got " + timeout);
        }
        if (inPlace && spec.commandLine().getParseResult().hasMatchedOption("--out")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--in-place writes each notebook over itself: expected no --out beside it, got " + out);
        }
        List<RunPlan> plans = new ArrayList<>();
        Set<Path> outputs = new HashSet<>();
        for (Path given : notebooks) {
            Path notebook = given.toAbsolutePath().normalize();
            NotebookRun.readable(notebook);
            RunPlan plan = plan(notebook);
            if (!outputs.add(plan.output())) {
                throw new NotebookException(given + ": another notebook of that name goes to " + plan.output()
                        + " as well; run them one after another with different --out");
            }
            plans.add(plan);
        }
        return plans;
    }

    private RunPlan plan(Path notebook) {
        String name = String.valueOf(notebook.getFileName());
        Path output = inPlace ? notebook : out.toAbsolutePath().normalize().resolve(name);
        if (!inPlace && Files.exists(output) && isSame(output, notebook)) {
            throw new NotebookException(
                    notebook + ": --out is the notebook's own folder; say --in-place to write over it");
        }
        Path page = html ? output.resolveSibling(name.replaceFirst("\\.ipynb$", "") + ".html") : null;
        Duration limit = timeout == null ? null : Duration.ofMillis(Math.max(1, Math.round(timeout * 1000)));
        return new RunPlan(notebook, output, page, parameters, limit, allowErrors, trace, slim);
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (java.io.IOException e) {
            return one.equals(other);
        }
    }
}
