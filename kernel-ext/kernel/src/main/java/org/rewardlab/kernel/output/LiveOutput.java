package org.rewardlab.kernel.output;

import java.util.List;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.jspecify.annotations.Nullable;

/**
 * The output of one cell as its threads see it: bytes printed become text in batches, sent when 32 KB have gathered,
 * after 20 ms, and before anything else of the cell, so that the order of text, displays and errors is kept.
 */
public final class LiveOutput implements CellOutput {

    private static final int BATCH_CHARS = 32 * 1024;
    private static final long FLUSH_MILLIS = 20;
    private static final DaemonTimer FLUSHER = new DaemonTimer("cell-output");

    private final CellOutput target;
    private final OutputLimit limit = new OutputLimit();
    private final Utf8Decoder out = new Utf8Decoder();
    private final Utf8Decoder err = new Utf8Decoder();
    private final StringBuilder pending = new StringBuilder();
    private StreamName pendingName = StreamName.STDOUT;
    private boolean flushPlanned;
    private String lastLine = "";

    LiveOutput(CellOutput target) {
        this.target = target;
    }

    /** The output behind this one. */
    public CellOutput target() {
        return target;
    }

    /** Bytes printed by a thread of the cell. */
    void write(StreamName name, byte[] bytes, int from, int length) {
        synchronized (this) {
            append(name, (name == StreamName.STDOUT ? out : err).decode(bytes, from, length));
        }
    }

    @Override
    public synchronized void stream(StreamName name, String text) {
        append(name, text);
    }

    private void append(StreamName name, CharSequence decoded) {
        CharSequence text = limit.admit(decoded);
        if (text.isEmpty()) {
            return;
        }
        if (pendingName != name) {
            flush();
            pendingName = name;
        }
        pending.append(text);
        if (pending.length() >= BATCH_CHARS) {
            flush();
        } else if (!flushPlanned) {
            flushPlanned = true;
            FLUSHER.plan(FLUSH_MILLIS, this::plannedFlush);
        }
    }

    private synchronized void plannedFlush() {
        flushPlanned = false;
        flush();
    }

    /** Sends the text gathered so far. */
    public synchronized void flush() {
        if (pending.isEmpty()) {
            return;
        }
        String text = pending.toString();
        pending.setLength(0);
        remember(text);
        target.stream(pendingName, text);
    }

    /** Sends what is left at the end of the cell, with a word on text that was held back. */
    public synchronized void finish() {
        String notice = limit.closingNotice();
        flush();
        if (!notice.isEmpty()) {
            target.stream(StreamName.STDERR, notice);
        }
    }

    private void remember(String text) {
        int lineEnd = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));
        String tail = lineEnd < 0 ? lastLine + text : text.substring(lineEnd + 1);
        lastLine = tail.length() > 1000 ? tail.substring(tail.length() - 1000) : tail;
    }

    @Override
    public synchronized void display(DisplayData data, @Nullable String id) {
        flush();
        target.display(data, id);
    }

    @Override
    public synchronized void updateDisplay(String id, DisplayData data) {
        flush();
        target.updateDisplay(id, data);
    }

    @Override
    public synchronized void clearOutput(boolean wait) {
        flush();
        lastLine = "";
        target.clearOutput(wait);
    }

    @Override
    public synchronized void result(int count, DisplayData data) {
        flush();
        target.result(count, data);
    }

    @Override
    public synchronized void error(String ename, String evalue, List<String> traceback) {
        flush();
        target.error(ename, evalue, traceback);
    }

    /** Asks for a line; the prompt, unless given, is what was printed last on the line. */
    @Override
    public @Nullable String input(String prompt, boolean password) {
        String shown;
        synchronized (this) {
            flush();
            shown = prompt.isEmpty() ? lastLine : prompt;
            lastLine = "";
        }
        return target.input(shown, password);
    }
}
