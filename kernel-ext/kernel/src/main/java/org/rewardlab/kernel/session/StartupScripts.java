package org.rewardlab.kernel.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rewardlab.kernel.eval.CellSource;
import org.rewardlab.kernel.eval.Outcome;
import org.rewardlab.kernel.output.CellContext;
import org.rewardlab.kernel.output.StreamName;

/** Runs the scripts that are to run before the first cell; one that fails is reported and the next one runs. */
final class StartupScripts {

    private StartupScripts() {}

    static void run(Session session, SessionSettings settings, StartupOutput output) {
        for (Path script : settings.startupScripts()) {
            try {
                run(session, new CellSource(String.valueOf(script.getFileName()), Files.readString(script)), output);
            } catch (IOException e) {
                output.stream(StreamName.STDERR, "[the startup script " + script + " cannot be read: " + e + "]\n");
            }
        }
        if (!settings.startupScript().isBlank()) {
            run(session, new CellSource("startup script", settings.startupScript()), output);
        }
    }

    private static void run(Session session, CellSource source, StartupOutput output) {
        CellContext context = new CellContext(0, output);
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
