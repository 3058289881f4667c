package org.rewardlab.kernel.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.notebook.AtomicFile;
import org.rewardlab.kernel.notebook.Cell;
import org.rewardlab.kernel.notebook.Notebook;

/** An executed notebook as one HTML file: pictures, formulas and style inside, no network and no script. */
public final class Page {
    /** Nothing from outside may load and nothing may run, whatever an output brings along. */
    private static final String POLICY =
            "default-src 'none'; img-src data:; media-src data:; font-src data:; style-src 'unsafe-inline'";

    private static final int DEEPEST_LISTED = 3;
    private static final int LISTED_FROM = 3;

    private final Formulas formulas = new Formulas();
    private final MarkdownText markdown;
    private final CellOutputHtml outputs;

    private Page(@Nullable Path folder) {
        markdown = new MarkdownText(formulas, new Pictures(folder));
        outputs = new CellOutputHtml(markdown, formulas);
    }

    /**
     * Writes the page of a notebook to {@code file}, aside and then moved into place.
     *
     * @param folder where relative addresses of pictures start: the notebook's folder
     * @param name what the page is called when the notebook has no heading
     */
    public static void write(Notebook notebook, @Nullable Path folder, String name, Path file) {
        AtomicFile.write(file, html(notebook, folder, name));
    }

    /** The page of a notebook as text; see {@link #write}. */
    public static String html(Notebook notebook, @Nullable Path folder, String name) {
        return new Page(folder).build(notebook, name);
    }

    private String build(Notebook notebook, String name) {
        List<String> cells = new ArrayList<>();
        for (Cell cell : notebook.cells()) {
            if (!cell.tags().contains("remove-cell")) {
                cells.add(cell(cell));
            }
        }
        List<Heading> headings = markdown.headings();
        StringBuilder html =
                new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.append("<meta http-equiv=\"Content-Security-Policy\" content=\"")
                .append(POLICY)
                .append("\">\n");
        html.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        html.append("<meta name=\"color-scheme\" content=\"light dark\">\n");
        html.append("<title>")
                .append(headings.isEmpty() ? Html.escape(name) : headings.get(0).text())
                .append("</title>\n");
        html.append("<style>\n").append(resource("page.css")).append("</style>\n</head>\n<body>\n");
        html.append(formulas.definitions());
        html.append("<input type=\"checkbox\" id=\"hide.code\" class=\"unseen\">\n");
        html.append("<header class=\"bar\"><span class=\"mark\">")
                .append(resource("mark.svg").strip());
        html.append("RewardLab</span><span class=\"file\">")
                .append(Html.escape(name))
                .append("</span>");
        html.append("<span class=\"chips\">")
                .append(Summary.html(notebook.cells()))
                .append("</span>");
        html.append("<label class=\"button\" for=\"hide.code\"><span class=\"hide\">Hide code</span>");
        html.append("<span class=\"show\">Show code</span></label></header>\n");
        html.append("<div class=\"page\">\n<main>\n");
        for (int i = 0; i < cells.size(); i++) {
            html.append(cells.get(i)).append(i == 0 ? contents(headings) : "");
        }
        return html.append("</main>\n</div>\n</body>\n</html>\n").toString();
    }

    private String cell(Cell cell) {
        return switch (cell.type()) {
            case "markdown" ->
                "<section class=\"text\" id=\"cell." + cell.id() + "\">\n"
                        + markdown.html(cell.source(), cell.attachments()) + "</section>\n";
            case "code" -> code(cell);
            default -> "";
        };
    }

    private String code(Cell cell) {
        StringBuilder html = new StringBuilder("<section class=\"cell\" id=\"cell.")
                .append(cell.id())
                .append("\">\n");
        List<String> tags = cell.tags();
        String number = cell.executionCount() == 0 ? "\u00A0" : String.valueOf(cell.executionCount());
        if (!cell.source().isBlank() && !tags.contains("remove-input")) {
            String open = tags.contains("hide-input") ? "" : " open";
            html.append("<details class=\"in\"").append(open).append("><summary><span class=\"word\">code </span>");
            html.append('[').append(number).append("]</summary><pre class=\"code\"><code>");
            html.append(JavaCode.highlight(cell.source().stripTrailing())).append("</code></pre></details>\n");
        }
        if (!tags.contains("remove-output")) {
            StringBuilder shown = new StringBuilder();
            cell.outputs().forEach(output -> shown.append(outputs.html(output)));
            if (!shown.isEmpty()) {
                html.append("<div class=\"out\">\n").append(shown).append("</div>\n");
            }
        }
        return html.append("</section>\n").toString();
    }

    private static String contents(List<Heading> headings) {
        List<Heading> listed = headings.stream()
                .skip(1)
                .filter(h -> h.level() <= DEEPEST_LISTED)
                .toList();
        if (listed.size() < LISTED_FROM) {
            return "";
        }
        int top = listed.stream().mapToInt(Heading::level).min().orElse(1);
        StringBuilder html = new StringBuilder("<nav aria-label=\"contents\"><p>Contents</p>\n<ol>\n");
        for (Heading heading : listed) {
            html.append("<li class=\"l")
                    .append(heading.level() - top + 1)
                    .append("\"><a href=\"#")
                    .append(heading.id())
                    .append("\">")
                    .append(heading.html())
                    .append("</a></li>\n");
        }
        return html.append("</ol></nav>\n").toString();
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(Page.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }
}
