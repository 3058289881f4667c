package org.rewardlab.kernel.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.rewardlab.kernel.install.Kernelspec;
import org.rewardlab.kernel.notebook.Cell;
import org.rewardlab.kernel.notebook.Claim;
import org.rewardlab.kernel.notebook.Notebook;
import org.rewardlab.kernel.notebook.NotebookException;
import org.rewardlab.kernel.notebook.OutputRecorder;
import org.rewardlab.kernel.page.Page;
import org.rewardlab.kernel.session.CellResult;
import org.rewardlab.kernel.session.Environment;
import org.rewardlab.kernel.session.Session;
import org.rewardlab.kernel.session.SessionSettings;

/** Runs one notebook in this process and writes it after each cell, so that a crash leaves what ran so far. */
final class NotebookRun {
    private static final String EXPECTED_FAILURE = "raises-exception";

    private final RunPlan plan;
    private final RunLog log;
    private final OutputRecorder recorder = new OutputRecorder();

    NotebookRun(RunPlan plan, RunLog log) {
        this.plan = plan;
        this.log = log;
    }

    /**
     * Reads, runs and writes the notebook.
     *
     * @throws NotebookException if it is none, or one of another language
     */
    ExitCode run() {
        Notebook notebook = readable(plan.notebook());
        List<String> unknown = ParameterCell.inject(notebook, plan.parameters());
        List<Cell> cells = notebook.cells().stream()
                .filter(cell -> cell.isCode() && !cell.source().isBlank())
                .toList();
        notebook.cells().stream().filter(Cell::isCode).forEach(Cell::clear);
        describe(notebook);
        log.notebook(plan.notebook(), cells.size());
        unknown.forEach(name -> log.says("note: the notebook declares no parameter \"" + name + "\""));
        notebook.write(plan.output());
        int failed;
        Path folder = Objects.requireNonNull(plan.notebook().getParent());
        SessionSettings settings = settingsIn(folder);
        try (Session session = Session.start(settings);
                CellWatch watch = new CellWatch(session, log, settings.timeout())) {
            failed = execute(notebook, cells, session, watch);
        }
        return finished(notebook, cells, failed);
    }

    /** What the environment says, and the time limit of the command line before that of the environment. */
    private SessionSettings settingsIn(Path folder) {
        SessionSettings settings = Environment.settings().withWorkingFolder(folder);
        return plan.timeout() == null ? settings : settings.withTimeout(plan.timeout());
    }

    /** The notebook, if it is one that this runner can execute. */
    static Notebook readable(Path file) {
        Notebook notebook = Notebook.read(file);
        String language = notebook.language();
        String kernel = notebook.kernelName();
        if (!language.isEmpty() && !language.equals("java")) {
            throw new NotebookException(file + ": the notebook is written in " + language + ", this runs java");
        }
        if (language.isEmpty() && !kernel.isEmpty() && !kernel.contains("java") && !kernel.equals(Kernelspec.NAME)) {
            throw new NotebookException(file + ": the notebook is for the kernel " + kernel + ", this runs java");
        }
        return notebook;
    }

    private int execute(Notebook notebook, List<Cell> cells, Session session, CellWatch watch) {
        RecordingOutput output = new RecordingOutput(recorder, log, plan.slim());
        int failed = 0;
        for (int i = 0; i < cells.size(); i++) {
            Cell cell = cells.get(i);
            int number = i + 1;
            recorder.begin(cell);
            cell.setExecutionCount(number);
            log.begins(number, cells.size(), cell);
            long begun = System.nanoTime();
            watch.begins();
            CellResult result = session.execute(cell.source(), number, output);
            watch.ends();
            long took = System.nanoTime() - begun;
            boolean expected = cell.tags().contains(EXPECTED_FAILURE);
            log.ended(number, cells.size(), cell, took, failure(result, expected));
            recorder.flush();
            notebook.write(plan.output());
            if (!result.succeeded() && !expected) {
                failed++;
                if (!plan.allowErrors()) {
                    break;
                }
            }
        }
        return failed;
    }

    private static String failure(CellResult result, boolean expected) {
        if (result.error() == null) {
            return "";
        }
        String message = result.error().evalue().lines().findFirst().orElse("");
        return result.error().ename() + (message.isBlank() ? "" : ": " + message) + (expected ? " (expected)" : "");
    }

    private ExitCode finished(Notebook notebook, List<Cell> cells, int failed) {
        recorder.flush();
        notebook.write(plan.output());
        List<Path> written = new ArrayList<>(List.of(plan.output()));
        if (plan.page() != null) {
            String name = String.valueOf(plan.notebook().getFileName());
            Page.write(notebook, plan.notebook().getParent(), name, plan.page());
            written.add(plan.page());
        }
        List<Claim> claims = notebook.cells().stream()
                .flatMap(cell -> cell.outputs().stream())
                .flatMap(output -> Claim.of(output).stream())
                .toList();
        long ran = cells.stream().filter(cell -> cell.executionCount() > 0).count();
        String outcome = ran + " of " + cells.size() + " cells ran" + (failed > 0 ? ", " + failed + " failed," : "");
        log.ends(claims, outcome, written);
        if (failed > 0 && !plan.allowErrors()) {
            return ExitCode.CELL_FAILED;
        }
        boolean red = claims.stream().anyMatch(claim -> claim.verdict() == Claim.Verdict.FAILS);
        return red ? ExitCode.CLAIM_FAILED : ExitCode.RAN;
    }

    /** Names kernel and language where the notebook does not, so that a front end opens it with the right kernel. */
    private static void describe(Notebook notebook) {
        ObjectNode metadata = notebook.metadata();
        if (!metadata.path("kernelspec").path("name").isTextual()) {
            ObjectNode kernelspec = metadata.putObject("kernelspec");
            kernelspec.put("display_name", Kernelspec.DISPLAY_NAME);
            kernelspec.put("language", "java");
            kernelspec.put("name", Kernelspec.NAME);
        }
        if (!metadata.path("language_info").path("name").isTextual()) {
            ObjectNode language = metadata.putObject("language_info");
            language.put("codemirror_mode", "text/x-java");
            language.put("file_extension", ".jshell");
            language.put("mimetype", "text/x-java-source");
            language.put("name", "java");
            language.put("pygments_lexer", "java");
        }
    }
}
