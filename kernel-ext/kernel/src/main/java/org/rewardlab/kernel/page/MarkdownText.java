package org.rewardlab.kernel.page;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.footnotes.FootnotesExtension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.task.list.items.TaskListItemsExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** The text cells of one page: Markdown as Jupyter reads it, with formulas, pictures, and headings one can link to. */
final class MarkdownText {
    private static final List<Extension> EXTENSIONS = List.of(
            TablesExtension.create(),
            StrikethroughExtension.create(),
            TaskListItemsExtension.create(),
            AutolinkExtension.create(),
            FootnotesExtension.builder().inlineFootnotes(true).build());
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .percentEncodeUrls(true)
            .nodeRendererFactory(CodeBlocks::new)
            .build();

    private static final Pattern HEADING = Pattern.compile("(?s)<h([1-6])>(.*?)</h\\1>");
    private static final Pattern MARKUP = Pattern.compile("(?s)<svg\\b[^>]*aria-label=\"([^\"]*)\".*?</svg>|<[^>]*>");
    private static final Pattern LINK = Pattern.compile("</?a\\b[^>]*>|<img\\b[^>]*>");
    private static final Pattern NO_SLUG = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern NOTEBOOK_LINK = Pattern.compile("(<a href=\"(?!https?:)[^\"#?]*)\\.ipynb(?=[\"#])");
    private static final Pattern FOOTNOTE = Pattern.compile("((?:id=\"|href=\"#))(fn)");
    private static final Pattern LONE_FORMULA = Pattern.compile("<p>(<span class=\"formula\">)");
    private static final Pattern TABLE = Pattern.compile("(?s)<table>.*?</table>");

    private final Formulas formulas;
    private final Pictures pictures;
    private final List<Heading> headings = new ArrayList<>();
    private final Map<String, Integer> taken = new HashMap<>();
    private int cells;

    MarkdownText(Formulas formulas, Pictures pictures) {
        this.formulas = formulas;
        this.pictures = pictures;
    }

    /** One text cell as HTML, its headings listed. */
    String html(String markdown, Map<String, Map<String, String>> attachments) {
        return HEADING.matcher(plain(markdown, attachments)).replaceAll(this::linked);
    }

    /** Text that is an output: its headings are not the page's. */
    String outputHtml(String markdown) {
        return plain(markdown, Map.of());
    }

    private String plain(String markdown, Map<String, Map<String, String>> attachments) {
        cells++;
        MathText math = new MathText(formulas);
        String html = RENDERER.render(PARSER.parse(math.takeOut(markdown)));
        html = pictures.embed(SafeHtml.html(html, "m" + cells + "-"), attachments);
        html = math.putBack(html);
        html = FOOTNOTE.matcher(html).replaceAll("$1m" + cells + "-$2");
        html = NOTEBOOK_LINK.matcher(html).replaceAll("$1.html");
        html = LONE_FORMULA.matcher(html).replaceAll("<p class=\"display\">$1");
        return TABLE.matcher(html).replaceAll("<div class=\"scroll\">$0</div>");
    }

    /** The headings met so far, in order. */
    List<Heading> headings() {
        return List.copyOf(headings);
    }

    private String linked(java.util.regex.MatchResult heading) {
        String text = MARKUP.matcher(heading.group(2)).replaceAll("$1").strip();
        String slug =
                NO_SLUG.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("-").replaceAll("^-|-$", "");
        String base = slug.isEmpty() ? "section" : slug;
        int seen = taken.merge(base, 1, Integer::sum);
        String id = seen == 1 ? base : base + "-" + seen;
        int level = Integer.parseInt(heading.group(1));
        String listed = LINK.matcher(heading.group(2)).replaceAll("").strip();
        headings.add(new Heading(level, text, listed, id));
        return Matcher.quoteReplacement(
                "<h" + level + " id=\"" + id + "\">" + heading.group(2) + "<a class=\"anchor\" href=\"#" + id
                        + "\" aria-label=\"link to this section\">#</a></h" + level + ">");
    }
}
