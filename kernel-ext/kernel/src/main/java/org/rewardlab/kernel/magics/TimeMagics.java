package org.rewardlab.kernel.magics;

import java.util.Locale;
import org.dflib.jjava.jupyter.kernel.magic.CellMagic;
import org.dflib.jjava.jupyter.kernel.magic.LineMagic;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.eval.CellSource;
import org.rewardlab.kernel.session.Session;

/** {@code %time} and {@code %%time}: how long code takes. */
final class TimeMagics {

    private TimeMagics() {}

    static void register(Session session) {
        LineMagic<Object, Session> line = (kernel, arguments) -> timed(kernel, String.join(" ", arguments), 0);
        CellMagic<Object, Session> cell = (kernel, arguments, body) -> timed(kernel, body, 1);
        session.getMagicsRegistry().registerLineMagic("time", line).registerCellMagic("time", cell);
    }

    private static @Nullable Object timed(Session session, String source, int linesAbove) {
        long start = System.nanoTime();
        try {
            return session.evalRaw(new CellSource(session.cellName(), "\n".repeat(linesAbove) + source));
        } finally {
            double millis = (System.nanoTime() - start) / 1e6;
            System.out.println("Time: "
                    + (millis < 1000
                            ? String.format(Locale.ROOT, "%.1f ms", millis)
                            : String.format(Locale.ROOT, "%.2f s", millis / 1000)));
        }
    }
}
