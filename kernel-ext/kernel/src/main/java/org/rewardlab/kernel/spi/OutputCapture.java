package org.rewardlab.kernel.spi;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.concurrent.Callable;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.output.CapturedOutput;
import org.rewardlab.kernel.output.CellContext;
import org.rewardlab.kernel.output.CellOutput;
import org.rewardlab.kernel.output.DisplayJson;
import org.rewardlab.kernel.output.StreamName;

/** Takes what a piece of a cell's code puts out, on its thread and those it starts, in place of the cell. */
public final class OutputCapture {

    private OutputCapture() {}

    /** Where captured output goes; calls may come from several threads. */
    public interface Sink {

        /** Printed text; {@code stream} is {@code stdout} or {@code stderr}. */
        void text(String stream, String text);

        /** A display: an object with its {@code data} by MIME type and its {@code metadata}, and its id, if it has one. */
        void display(JsonObject bundle, @Nullable String id);

        /** Replaces the content of a display; false where none of that id has been captured. */
        boolean update(String id, JsonObject bundle);

        /** Removes what has been captured; with {@code wait}, only when the next output arrives. */
        void clear(boolean wait);
    }

    /** Does the work with its output led to the sink. Outside of cells the work is done and nothing captured. */
    public static <T> T during(Sink sink, Callable<T> work) throws Exception {
        CellContext outer = CellContext.current();
        if (outer == null) {
            return work.call();
        }
        CellContext inner = new CellContext(outer.number(), new Captured(sink, outer.output()));
        try {
            return inner.call(work);
        } finally {
            inner.output().finish();
        }
    }

    private record Captured(Sink sink, CellOutput replaced) implements CapturedOutput {

        @Override
        public void stream(StreamName name, String text) {
            sink.text(name.toString(), text);
        }

        @Override
        public void display(DisplayData data, @Nullable String id) {
            sink.display(bundle(data), id);
        }

        @Override
        public void updateDisplay(String id, DisplayData data) {
            if (!sink.update(id, bundle(data))) {
                replaced.updateDisplay(id, data);
            }
        }

        private static JsonObject bundle(DisplayData data) {
            JsonObject bundle = DisplayJson.of(data);
            bundle.remove("transient");
            return bundle;
        }

        @Override
        public void clearOutput(boolean wait) {
            sink.clear(wait);
        }

        @Override
        public void result(int count, DisplayData data) {
            sink.display(bundle(data), null);
        }

        @Override
        public void error(String ename, String evalue, List<String> traceback) {
            sink.text(StreamName.STDERR.toString(), String.join("\n", traceback) + "\n");
        }

        @Override
        public @Nullable String input(String prompt, boolean password) {
            return replaced.input(prompt, password);
        }
    }
}
