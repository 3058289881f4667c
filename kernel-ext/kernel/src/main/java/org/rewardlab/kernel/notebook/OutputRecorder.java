package org.rewardlab.kernel.notebook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what running cells show in the notebook, as a front end would: neighbouring text is joined, a display is updated
 * wherever it stands, and cleared outputs are gone. Safe for several threads.
 */
public final class OutputRecorder {
    private final Map<String, List<ObjectNode>> displays = new HashMap<>();
    private @Nullable Cell cell;
    private @Nullable ObjectNode openStream;
    private final StringBuilder openText = new StringBuilder();
    private boolean clearBeforeNext;

    /** From here on, outputs go to {@code next}, whose old outputs are dropped. */
    public synchronized void begin(Cell next) {
        closeStream();
        next.clear();
        cell = next;
        clearBeforeNext = false;
    }

    /** Text on {@code stdout} or {@code stderr}. */
    public synchronized void stream(String name, String text) {
        if (text.isEmpty()) {
            return;
        }
        clearIfAsked();
        if (openStream == null || !openStream.path("name").asText().equals(name)) {
            ObjectNode output = JsonNodeFactory.instance.objectNode();
            output.put("name", name);
            output.put("output_type", "stream");
            output.putArray("text");
            append(output);
            openStream = output;
        }
        openText.append(text);
    }

    /** A displayed value; one with an id that was seen before also replaces the earlier ones. */
    public synchronized void display(Map<String, ?> data, Map<String, ?> metadata, @Nullable String displayId) {
        addValue(output("display_data", data, metadata), displayId);
    }

    /** The value of the cell's last expression. */
    public synchronized void result(
            int executionCount, Map<String, ?> data, Map<String, ?> metadata, @Nullable String displayId) {
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        output.set("data", MimeBundle.of(data));
        output.put("execution_count", executionCount);
        output.set("metadata", NotebookJson.toTree(metadata));
        output.put("output_type", "execute_result");
        addValue(output, displayId);
    }

    /** Replaces the displays with this id, in this cell and in earlier ones; an id never shown is ignored. */
    public synchronized void updateDisplay(Map<String, ?> data, Map<String, ?> metadata, String displayId) {
        for (ObjectNode shown : displays.getOrDefault(displayId, List.of())) {
            shown.set("data", MimeBundle.of(data));
            shown.set("metadata", NotebookJson.toTree(metadata));
        }
    }

    /** The error that ended a cell. */
    public synchronized void error(String name, String message, List<String> traceback) {
        clearIfAsked();
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        output.put("ename", name);
        output.put("evalue", message);
        output.put("output_type", "error");
        ArrayNode lines = output.putArray("traceback");
        traceback.forEach(lines::add);
        append(output);
    }

    /** Drops the cell's outputs, now or when the next one comes. */
    public synchronized void clear(boolean wait) {
        clearBeforeNext = true;
        if (!wait) {
            clearIfAsked();
        }
    }

    /** Puts text that is still being joined into the notebook; call before the notebook is written. */
    public synchronized void flush() {
        if (openStream != null) {
            openStream.set("text", NotebookJson.lines(openText.toString()));
        }
    }

    private void addValue(ObjectNode output, @Nullable String displayId) {
        clearIfAsked();
        if (displayId != null) {
            List<ObjectNode> shown = displays.computeIfAbsent(displayId, id -> new ArrayList<>());
            for (ObjectNode earlier : shown) {
                earlier.set("data", output.path("data").deepCopy());
                earlier.set("metadata", output.path("metadata").deepCopy());
            }
            shown.add(output);
        }
        append(output);
    }

    private static ObjectNode output(String type, Map<String, ?> data, Map<String, ?> metadata) {
        ObjectNode output = JsonNodeFactory.instance.objectNode();
        output.set("data", MimeBundle.of(data));
        output.set("metadata", NotebookJson.toTree(metadata));
        output.put("output_type", type);
        return output;
    }

    private void clearIfAsked() {
        if (clearBeforeNext) {
            clearBeforeNext = false;
            closeStream();
            if (cell != null) {
                cell.json().putArray("outputs");
            }
        }
    }

    private void append(ObjectNode output) {
        closeStream();
        if (cell != null) {
            cell.json().withArrayProperty("outputs").add(output);
        }
    }

    private void closeStream() {
        flush();
        openStream = null;
        openText.setLength(0);
    }
}
