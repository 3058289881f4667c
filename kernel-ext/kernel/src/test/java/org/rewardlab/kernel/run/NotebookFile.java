package org.rewardlab.kernel.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A notebook made in a test, cell by cell. */
final class NotebookFile {
    private final ObjectNode root = new ObjectMapper().createObjectNode();

    private NotebookFile(String language) {
        root.put("nbformat", 4).put("nbformat_minor", 5);
        ObjectNode kernelspec = root.putObject("metadata").putObject("kernelspec");
        kernelspec.put("name", language).put("display_name", language).put("language", language);
        root.putArray("cells");
    }

    static NotebookFile java() {
        return new NotebookFile("java");
    }

    static NotebookFile of(String language) {
        return new NotebookFile(language);
    }

    NotebookFile text(String source) {
        cell("markdown", source);
        return this;
    }

    NotebookFile code(String source, String... tags) {
        ObjectNode cell = cell("code", source);
        cell.putNull("execution_count").putArray("outputs");
        List.of(tags).forEach(cell.withObjectProperty("metadata").withArrayProperty("tags")::add);
        return this;
    }

    Path write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, root.toPrettyString());
    }

    private ObjectNode cell(String type, String source) {
        ObjectNode cell = root.withArrayProperty("cells").addObject();
        cell.put("cell_type", type).put("id", "cell-" + root.path("cells").size());
        cell.putObject("metadata");
        cell.put("source", source);
        return cell;
    }
}
