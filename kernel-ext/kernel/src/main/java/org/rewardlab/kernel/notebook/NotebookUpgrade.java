package org.rewardlab.kernel.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** Checks the shape of a notebook's JSON and brings nbformat 4.0 to 4.4 to 4.5: cell ids, and the fields 4.5 requires. */
final class NotebookUpgrade {
    private static final Pattern CELL_ID = Pattern.compile("[a-zA-Z0-9_-]{1,64}");
    private static final Set<String> CELL_TYPES = Set.of("code", "markdown", "raw");
    private static final int MINOR = 5;

    private NotebookUpgrade() {}

    static ObjectNode toCurrent(JsonNode json, String name) {
        if (!(json instanceof ObjectNode root) || !json.path("nbformat").isIntegralNumber()) {
            throw new NotebookException(name + ": not a notebook: expected a JSON object with the number \"nbformat\"");
        }
        int major = root.path("nbformat").intValue();
        if (major != 4) {
            throw new NotebookException(name + ": nbformat " + major
                    + " is not supported, only 4; open the notebook once in Jupyter and save it");
        }
        if (!root.path("cells").isArray()) {
            throw new NotebookException(name + ": not a notebook: expected a list \"cells\"");
        }
        root.withObjectProperty("metadata");
        if (root.path("nbformat_minor").asInt(0) < MINOR) {
            root.put("nbformat_minor", MINOR);
        }
        Set<String> ids = new HashSet<>();
        int number = 0;
        for (JsonNode cell : root.path("cells")) {
            number++;
            completeCell(cell, number, ids, name);
        }
        return root;
    }

    private static void completeCell(JsonNode json, int number, Set<String> ids, String name) {
        String where = name + ": cell " + number + ": ";
        if (!(json instanceof ObjectNode cell)) {
            throw new NotebookException(where + "expected a JSON object");
        }
        String type = cell.path("cell_type").asText();
        if (!CELL_TYPES.contains(type)) {
            throw new NotebookException(where + "expected cell_type code, markdown or raw, got \"" + type + "\"");
        }
        JsonNode source = cell.path("source");
        if (!source.isTextual() && !source.isArray()) {
            throw new NotebookException(where + "expected \"source\" as text or a list of lines");
        }
        String id = cell.path("id").asText();
        if (!CELL_ID.matcher(id).matches() || !ids.add(id)) {
            cell.put("id", newId(number, NotebookJson.text(source), ids));
        }
        cell.set("source", NotebookJson.lines(NotebookJson.text(source)));
        if (!cell.path("metadata").isObject()) {
            cell.putObject("metadata");
        }
        if (type.equals("code")) {
            if (!cell.path("outputs").isArray()) {
                cell.putArray("outputs");
            }
            if (!cell.path("execution_count").isIntegralNumber()) {
                cell.putNull("execution_count");
            }
        }
    }

    /** Eight hexadecimal digits made from the cell's place and text, so that the same notebook gets the same ids. */
    private static String newId(int number, String source, Set<String> taken) {
        for (int attempt = 0; ; attempt++) {
            byte[] seed = (number + ":" + attempt + ":" + source).getBytes(StandardCharsets.UTF_8);
            String id = UUID.nameUUIDFromBytes(seed).toString().substring(0, 8);
            if (taken.add(id)) {
                return id;
            }
        }
    }
}
