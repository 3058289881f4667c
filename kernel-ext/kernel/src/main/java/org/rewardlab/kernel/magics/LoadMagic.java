package org.rewardlab.kernel.magics;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonSyntaxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.magic.LineMagic;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.eval.CellSource;
import org.rewardlab.kernel.session.Session;

/** {@code %load path}: runs a script or the code cells of a notebook, magics included, as if they stood here. */
final class LoadMagic {

    private static final List<String> SUFFIXES = List.of("", ".jsh", ".jshell", ".java", ".ijava", ".ipynb");

    private LoadMagic() {}

    static void register(Session session) {
        LineMagic<Object, Session> load = (kernel, arguments) -> load(kernel, arguments);
        session.getMagicsRegistry().registerLineMagic("load", load);
    }

    private static @Nullable Object load(Session session, List<String> arguments) throws IOException {
        if (arguments.size() != 1) {
            throw new IllegalArgumentException("load: expected one path, got " + arguments);
        }
        Path file = find(session, arguments.get(0));
        String text = Files.readString(file);
        session.folders().beside(file, () -> {
            if (String.valueOf(file.getFileName()).endsWith(".ipynb")) {
                runCells(session, file, notebook(file, text));
            } else {
                run(session, new CellSource(String.valueOf(file.getFileName()), text));
            }
        });
        return null;
    }

    private static JsonObject notebook(Path file, String text) {
        try {
            JsonObject notebook = new Gson().fromJson(text, JsonObject.class);
            if (notebook != null && notebook.get("cells") instanceof JsonArray) {
                return notebook;
            }
        } catch (JsonSyntaxException e) {
            throw new IllegalArgumentException("load: expected a notebook, got broken JSON in " + file, e);
        }
        throw new IllegalArgumentException("load: expected a notebook with cells, got none in " + file);
    }

    private static Path find(Session session, String name) {
        for (String suffix : SUFFIXES) {
            Path file = session.folders().resolve(name + suffix);
            if (Files.isRegularFile(file)) {
                return file;
            }
        }
        throw new IllegalArgumentException("load: expected a script or notebook, found none at "
                + session.folders().resolve(name) + " with any of " + SUFFIXES.subList(1, SUFFIXES.size()));
    }

    private static void runCells(Session session, Path file, JsonObject notebook) {
        int number = 0;
        for (JsonElement element : notebook.getAsJsonArray("cells")) {
            JsonObject cell = element.getAsJsonObject();
            if (cell.get("cell_type").getAsString().equals("code")) {
                number++;
                run(session, new CellSource(file.getFileName() + " [" + number + "]", source(cell.get("source"))));
            }
        }
    }

    private static String source(JsonElement source) {
        if (!source.isJsonArray()) {
            return source.getAsString();
        }
        StringBuilder text = new StringBuilder();
        source.getAsJsonArray().forEach(line -> text.append(line.getAsString()));
        return text.toString();
    }

    private static void run(Session session, CellSource source) {
        Object unused = session.evalRaw(source);
    }
}
