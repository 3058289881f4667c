package org.rewardlab.kernel.notebook;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;

/** Judges a notebook's JSON by what nbformat 4.5 asks, and by what it asks beyond a schema: no id twice. */
public final class NotebookSchema {
    private static final JsonSchema SCHEMA = load();

    private NotebookSchema() {}

    /** What is wrong with the notebook, nothing when it is valid. */
    public static List<String> problems(String notebookJson) {
        try {
            var tree = new ObjectMapper().readTree(notebookJson);
            List<String> problems = new java.util.ArrayList<>(SCHEMA.validate(tree).stream()
                    .map(ValidationMessage::getMessage)
                    .toList());
            var ids = new java.util.HashSet<String>();
            tree.path("cells").forEach(cell -> {
                if (!ids.add(cell.path("id").asText())) {
                    problems.add("cell id twice: " + cell.path("id"));
                }
            });
            return problems;
        } catch (IOException e) {
            return List.of("not JSON: " + e.getMessage());
        }
    }

    private static JsonSchema load() {
        InputStream schema = Objects.requireNonNull(NotebookSchema.class.getResourceAsStream("nbformat-4.5.json"));
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(schema);
    }
}
