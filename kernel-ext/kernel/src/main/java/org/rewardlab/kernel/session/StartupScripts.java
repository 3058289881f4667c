package org.rewardlab.kernel.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rewardlab.kernel.eval.CellSource;
import org.rewardlab.kernel.eval.Outcome;
import org.rewardlab.kernel.output.CellContext;

/** Runs the scripts that are to run before the first cell; one that fails is reported and the next one runs. */
final class StartupScripts {

    private StartupScripts() {}

    static void run(Session session, SessionSettings settings) {
        for (Path script : settings.startupScripts()) {
            try {
                run(session, new CellSource(String.valueOf(script.getFileName()), Files.readString(script)));
            } catch (IOException e) {
                System.err.println("startup script " + script + " cannot be read: " + e);
            }
        }
        if (!settings.startupScript().isBlank()) {
            run(session, new CellSource("startup script", settings.startupScript()));
        }
    }

    private static void run(Session session, CellSource source) {
        CellContext context = new CellContext(0, new ProcessOutput());
        Outcome outcome = session.evaluator().run(context, () -> session.evaluate(source), failed -> failed);
        if (outcome instanceof Outcome.Failed failed) {
            context.output()
                    .error(
                            failed.report().ename(),
                            failed.report().evalue(),
                            failed.report().traceback());
        }
        context.output().finish();
    }
}
