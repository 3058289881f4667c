package org.rewardlab.kernel.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.notebook.OutputRecorder;
import org.rewardlab.kernel.output.CellOutput;
import org.rewardlab.kernel.output.DisplayJson;
import org.rewardlab.kernel.output.StreamName;

/** Takes what cells show into the notebook. Nobody is there to answer, so a request for input fails at once. */
final class RecordingOutput implements CellOutput {
    private static final JsonMapper JSON = new JsonMapper();

    private final OutputRecorder recorder;
    private final RunLog log;
    private final boolean slim;

    /** @param slim whether PNG pictures are left out where the same picture is there as SVG */
    RecordingOutput(OutputRecorder recorder, RunLog log, boolean slim) {
        this.recorder = recorder;
        this.log = log;
        this.slim = slim;
    }

    @Override
    public void stream(StreamName name, String text) {
        recorder.stream(name.toString(), text);
        log.traced(text);
    }

    @Override
    public void display(DisplayData data, @Nullable String id) {
        JsonNode tree = tree(data);
        recorder.display(data(tree), values(tree, "metadata"), id);
        trace(tree);
    }

    @Override
    public void updateDisplay(String id, DisplayData data) {
        JsonNode tree = tree(data);
        recorder.updateDisplay(data(tree), values(tree, "metadata"), id);
    }

    @Override
    public void clearOutput(boolean wait) {
        recorder.clear(wait);
    }

    @Override
    public void result(int count, DisplayData data) {
        JsonNode tree = tree(data);
        recorder.result(count, data(tree), values(tree, "metadata"), data.getDisplayId());
        trace(tree);
    }

    @Override
    public void error(String ename, String evalue, List<String> traceback) {
        recorder.error(ename, evalue, traceback);
        log.traced(String.join("\n", traceback) + "\n");
    }

    @Override
    public @Nullable String input(String prompt, boolean password) {
        throw new IllegalStateException("there is nobody to answer in a headless run; the cell asked for input"
                + (prompt.isBlank() ? "" : ": " + prompt));
    }

    private void trace(JsonNode tree) {
        JsonNode text = tree.path("data").path("text/plain");
        if (!text.isMissingNode()) {
            log.traced(text.asText().stripTrailing() + "\n");
        }
    }

    private static JsonNode tree(DisplayData data) {
        try {
            return JSON.readTree(DisplayJson.of(data).toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a displayed value is no JSON", e);
        }
    }

    private Map<String, Object> data(JsonNode tree) {
        Map<String, Object> data = values(tree, "data");
        if (slim && data.containsKey("image/svg+xml")) {
            data.remove("image/png");
        }
        return data;
    }

    private static Map<String, Object> values(JsonNode tree, String field) {
        Map<String, Object> values = new LinkedHashMap<>();
        tree.path(field)
                .properties()
                .forEach(entry -> values.put(
                        entry.getKey(),
                        entry.getValue().isTextual() ? entry.getValue().textValue() : entry.getValue()));
        return values;
    }
}
