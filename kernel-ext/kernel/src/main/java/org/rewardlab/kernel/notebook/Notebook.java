package org.rewardlab.kernel.notebook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** A notebook of nbformat 4, brought to 4.5 when read; whatever this class does not know is kept as it came. */
public final class Notebook {
    private final ObjectNode root;
    private final List<Cell> cells = new ArrayList<>();

    private Notebook(ObjectNode root) {
        this.root = root;
        for (JsonNode cell : root.path("cells")) {
            cells.add(new Cell((ObjectNode) cell));
        }
    }

    /**
     * Reads a notebook of nbformat 4.0 to 4.5.
     *
     * @throws NotebookException if the file is missing, is not JSON (the line is named), or is not such a notebook
     */
    public static Notebook read(Path file) {
        try {
            return parse(Files.readString(file), file.toString());
        } catch (NoSuchFileException e) {
            throw new NotebookException(file + ": there is no such notebook", e);
        } catch (CharacterCodingException e) {
            throw new NotebookException(file + ": not a notebook: the file is not text in UTF-8", e);
        } catch (IOException e) {
            String why = Files.isDirectory(file) ? "it is a folder" : String.valueOf(e.getMessage());
            throw new NotebookException(file + ": cannot be read: " + why, e);
        }
    }

    /** Reads a notebook from text; {@code name} stands in for the file in error messages. */
    public static Notebook parse(String text, String name) {
        String json = text.startsWith("\uFEFF") ? text.substring(1) : text;
        if (json.isBlank()) {
            throw new NotebookException(name + ": not a notebook: the file is empty");
        }
        try {
            return new Notebook(NotebookUpgrade.toCurrent(NotebookJson.parse(json), name));
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            String what =
                    String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
            throw new NotebookException(name + ":" + line + ": not a notebook: broken JSON: " + what, e);
        }
    }

    public List<Cell> cells() {
        return Collections.unmodifiableList(cells);
    }

    /** Puts a cell before the one that is now at {@code index}; an index equal to the number of cells appends. */
    public void insert(int index, Cell cell) {
        cells.add(index, cell);
        root.withArrayProperty("cells").insert(index, cell.json());
    }

    /** Takes the cell at {@code index} out. */
    public void remove(int index) {
        cells.remove(index);
        root.withArrayProperty("cells").remove(index);
    }

    /** The metadata of the whole notebook, to be read and changed. */
    public ObjectNode metadata() {
        return root.withObjectProperty("metadata");
    }

    /** The language its code is written in, in lower case; empty when the notebook does not say. */
    public String language() {
        JsonNode metadata = root.path("metadata");
        String language = metadata.path("kernelspec").path("language").asText();
        if (language.isEmpty()) {
            language = metadata.path("language_info").path("name").asText();
        }
        return language.toLowerCase(Locale.ROOT);
    }

    /** The name of the kernel it was made for, empty when the notebook does not say. */
    public String kernelName() {
        return root.path("metadata").path("kernelspec").path("name").asText();
    }

    /** The notebook as Jupyter writes it. */
    public String toJson() {
        return NotebookJson.print(root);
    }

    /** Writes the notebook aside and moves it to {@code file}. */
    public void write(Path file) {
        AtomicFile.write(file, toJson());
    }
}
