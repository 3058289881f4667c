package org.rewardlab.workbench;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Notebooks on the disk, for others to load. */
final class NotebookFiles {

    private NotebookFiles() {}

    /** Writes a notebook of those code cells. */
    static void write(Path file, String... cells) throws IOException {
        JsonArray all = new JsonArray();
        for (String source : cells) {
            JsonObject cell = new JsonObject();
            cell.addProperty("cell_type", "code");
            cell.addProperty("source", source);
            cell.add("metadata", new JsonObject());
            cell.add("outputs", new JsonArray());
            all.add(cell);
        }
        JsonObject notebook = new JsonObject();
        notebook.add("cells", all);
        notebook.add("metadata", new JsonObject());
        notebook.addProperty("nbformat", 4);
        notebook.addProperty("nbformat_minor", 4);
        Files.createDirectories(file.getParent());
        Files.writeString(file, notebook.toString());
    }
}
