package org.rewardlab.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.session.Session;
import org.rewardlab.kernel.session.SessionSettings;

/** A notebook in this process: cells are run one after another, and fail the test if they fail. */
public final class TestNotebook implements AutoCloseable {

    private final Session session;
    private int cells;

    /** A notebook in the folder of the process. */
    public TestNotebook() {
        this(Path.of(""));
    }

    /** A notebook in that folder. */
    public TestNotebook(Path folder) {
        session = Session.start(SessionSettings.defaults().withWorkingFolder(folder));
    }

    /** Runs a cell that must succeed. */
    public NotebookOutput run(String source) {
        NotebookOutput output = tryToRun(source);
        assertThat(output.errors()).as(source).isEmpty();
        return output;
    }

    /** Runs a cell that may fail. */
    public NotebookOutput tryToRun(String source) {
        NotebookOutput output = new NotebookOutput();
        session.execute(source, ++cells, output);
        return output;
    }

    /** The value of an expression or variable. */
    public @Nullable Object value(String name) {
        return session.evaluator().value(name);
    }

    public Session session() {
        return session;
    }

    @Override
    public void close() {
        session.close();
    }
}
