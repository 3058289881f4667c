package org.rewardlab.kernel.page;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An author's HTML and SVG made fit to stand in a page beside others: no scripts, no ids that meet. */
final class SafeHtml {
    private static final Pattern SCRIPT = Pattern.compile("(?is)<script\\b.*?(?:</script\\s*>|/>|\\z)|<link\\b[^>]*>");
    private static final Pattern TAG = Pattern.compile("<[a-zA-Z][^<>]*>");
    private static final Pattern HANDLER =
            Pattern.compile("(?i)\\s+on[a-z]+\\s*=\\s*(?:\"[^\"]*\"|'[^']*'|[^\\s>]+)|\\bjavascript:");
    private static final Pattern ID = Pattern.compile("\\b(id\\s*=\\s*[\"'])([^\"']+)");
    private static final Pattern REFERENCE = Pattern.compile(
            "(url\\(\\s*[\"']?#|\\bhref\\s*=\\s*[\"']#|\\b(?:for|aria-labelledby|aria-describedby)\\s*=\\s*[\"'])([^\"')]+)");
    private static final Pattern STYLE = Pattern.compile("(?is)<style\\b.*?</style>");
    private static final Pattern SELECTOR = Pattern.compile("#([A-Za-z_][\\w-]*)");
    private static final Pattern PROLOG =
            Pattern.compile("(?s)<\\?xml.*?\\?>|<!DOCTYPE[^\\[>]*(?:\\[.*?])?[^>]*>|<!--.*?-->");
    private static final Pattern ROOT = Pattern.compile("(?s)<svg\\b([^>]*)>");
    private static final Pattern SIZE =
            Pattern.compile("\\b(width|height)\\s*=\\s*[\"']\\s*([0-9.]+)\\s*(px|pt|mm|cm|in|em)?\\s*[\"']");
    private static final Pattern ANY_SIZE = Pattern.compile("\\s*\\b(?:width|height)\\s*=\\s*(?:\"[^\"]*\"|'[^']*')");

    private SafeHtml() {}

    /** HTML without scripts and handlers; pictures inside get ids that start with {@code prefix}. */
    static String html(String html, String prefix) {
        String quiet = TAG.matcher(SCRIPT.matcher(html).replaceAll(""))
                .replaceAll(tag ->
                        Matcher.quoteReplacement(HANDLER.matcher(tag.group()).replaceAll("")));
        return quiet.contains("<svg") ? uniqueIds(quiet, prefix) : quiet;
    }

    /** A whole SVG document as an element of the page that keeps its size where there is room and shrinks where not. */
    static String svg(String document, String prefix) {
        String bare = PROLOG.matcher(document).replaceAll("").strip();
        Matcher root = ROOT.matcher(bare);
        if (!root.find()) {
            return Html.escape(document);
        }
        String attributes = root.group(1);
        double width = size(attributes, "width");
        double height = size(attributes, "height");
        StringBuilder tag =
                new StringBuilder("<svg").append(ANY_SIZE.matcher(attributes).replaceAll(""));
        if (!attributes.contains("viewBox") && width > 0 && height > 0) {
            tag.append(" viewBox=\"0 0 ")
                    .append(width)
                    .append(' ')
                    .append(height)
                    .append('"');
        }
        if (width > 0) {
            tag.append(" width=\"").append(Math.round(width)).append('"');
        }
        String sized = tag.append('>') + bare.substring(root.end());
        return html(sized, prefix);
    }

    /** The width in pixels at which a picture wants to be shown, 0 when it does not say. */
    static double svgWidth(String document) {
        Matcher root = ROOT.matcher(document);
        return root.find() ? size(root.group(1), "width") : 0;
    }

    private static String uniqueIds(String html, String prefix) {
        Set<String> ids = ID.matcher(html).results().map(id -> id.group(2)).collect(Collectors.toSet());
        String named = ID.matcher(html).replaceAll("$1" + prefix + "$2");
        String referred = REFERENCE
                .matcher(named)
                .replaceAll(to -> Matcher.quoteReplacement(
                        to.group(1) + (ids.contains(to.group(2)) ? prefix : "") + to.group(2)));
        return STYLE.matcher(referred)
                .replaceAll(style -> Matcher.quoteReplacement(SELECTOR.matcher(style.group())
                        .replaceAll(id -> "#" + (ids.contains(id.group(1)) ? prefix : "") + id.group(1))));
    }

    private static double size(String attributes, String name) {
        Matcher size = SIZE.matcher(attributes);
        while (size.find()) {
            if (size.group(1).equals(name)) {
                String unit = size.group(3) == null ? "px" : size.group(3);
                return Double.parseDouble(size.group(2)) * pixels(unit);
            }
        }
        return 0;
    }

    private static double pixels(String unit) {
        return switch (unit) {
            case "pt" -> 96 / 72.0;
            case "mm" -> 96 / 25.4;
            case "cm" -> 96 / 2.54;
            case "in" -> 96;
            case "em" -> 16;
            default -> 1;
        };
    }
}
