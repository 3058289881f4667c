package org.rewardlab.kernel.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One cell of a notebook: a view on its JSON, in which unknown fields stay as they are. */
public final class Cell {
    private final ObjectNode json;

    Cell(ObjectNode json) {
        this.json = json;
    }

    /** A new code cell without outputs. */
    public static Cell code(String id, String source, List<String> tags) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("cell_type", "code");
        json.putNull("execution_count");
        json.put("id", id);
        ArrayNode names = json.putObject("metadata").putArray("tags");
        tags.forEach(names::add);
        json.putArray("outputs");
        json.set("source", NotebookJson.lines(source));
        return new Cell(json);
    }

    /** {@code code}, {@code markdown} or {@code raw}. */
    public String type() {
        return json.path("cell_type").asText();
    }

    public boolean isCode() {
        return type().equals("code");
    }

    public String id() {
        return json.path("id").asText();
    }

    public String source() {
        return NotebookJson.text(json.path("source"));
    }

    /** The labels an author put on the cell, such as {@code parameters} or {@code raises-exception}. */
    public List<String> tags() {
        List<String> tags = new ArrayList<>();
        for (JsonNode tag : json.path("metadata").path("tags")) {
            tags.add(tag.asText());
        }
        return tags;
    }

    /** The number in the cell's brackets, 0 when it has not run. */
    public int executionCount() {
        return json.path("execution_count").asInt(0);
    }

    public void setExecutionCount(int count) {
        json.put("execution_count", count);
    }

    /** The outputs in the order in which they are shown. */
    public List<ObjectNode> outputs() {
        List<ObjectNode> outputs = new ArrayList<>();
        for (JsonNode output : json.path("outputs")) {
            if (output instanceof ObjectNode object) {
                outputs.add(object);
            }
        }
        return outputs;
    }

    /** Pictures that belong to the text: file name to MIME type to base64. */
    public Map<String, Map<String, String>> attachments() {
        Map<String, Map<String, String>> attachments = new LinkedHashMap<>();
        json.path("attachments").properties().forEach(file -> {
            Map<String, String> bundle = new LinkedHashMap<>();
            file.getValue().properties().forEach(data -> bundle.put(data.getKey(), NotebookJson.text(data.getValue())));
            attachments.put(file.getKey(), bundle);
        });
        return attachments;
    }

    /** Forgets what an earlier run has shown. */
    public void clear() {
        json.putNull("execution_count");
        json.putArray("outputs");
    }

    ObjectNode json() {
        return json;
    }
}
