package org.rewardlab.kernel.assist;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Javadoc comments as Markdown and as plain text. */
final class Markup {

    private static final Pattern INLINE = Pattern.compile(
            "\\{@(code|literal|link|linkplain|value|summary|return|inheritDoc|index|systemProperty)\\b\\s*([^{}]*)}");
    private static final Pattern BLOCK = Pattern.compile(
            "(?m)^\\s*@(param|return|returns|throws|exception|since|see|author|version|deprecated|apiNote|implSpec|implNote)\\b[ \\t]*(\\S*)");

    private Markup() {}

    static String markdown(String comment) {
        String text = inline(comment, "`", "`");
        text = text.replaceAll("(?is)<pre>\\s*", "\n```java\n")
                .replaceAll("(?is)\\s*</pre>", "\n```\n")
                .replaceAll("(?i)</?code>", "`")
                .replaceAll("(?i)</?(b|strong)>", "**")
                .replaceAll("(?i)</?(i|em|var)>", "*")
                .replaceAll("(?i)<li>\\s*", "\n- ")
                .replaceAll("(?i)<p>\\s*", "\n\n")
                .replaceAll("(?i)<br\\s*/?>", "  \n");
        return blocks(entities(text.replaceAll("<[^>]{1,80}>", "")), "\n\n**", "**")
                .strip();
    }

    static String plain(String comment) {
        String text = inline(comment, "", "")
                .replaceAll("(?i)<li>\\s*", "\n- ")
                .replaceAll("(?i)<p>\\s*", "\n")
                .replaceAll("<[^>]{1,80}>", "");
        return blocks(entities(text), "\n", "").strip();
    }

    /** Text that Markdown shows as it is. */
    static String escaped(String text) {
        return text.replaceAll("([\\\\`*_{}\\[\\]<>#|])", "\\\\$1");
    }

    private static String inline(String comment, String open, String close) {
        String text = comment;
        // Twice, for tags within tags.
        for (int round = 0; round < 2; round++) {
            Matcher tags = INLINE.matcher(text);
            StringBuilder replaced = new StringBuilder();
            while (tags.find()) {
                tags.appendReplacement(
                        replaced, Matcher.quoteReplacement(inner(tags.group(1), tags.group(2), open, close)));
            }
            tags.appendTail(replaced);
            text = replaced.toString();
        }
        return text;
    }

    private static String inner(String tag, String content, String open, String close) {
        String body = content.strip();
        return switch (tag) {
            case "code", "literal", "value", "systemProperty" -> open + body + close;
            case "link", "linkplain" -> {
                int blank = body.indexOf(' ');
                boolean labelled = blank > 0 && body.indexOf(')') < blank;
                yield labelled ? body.substring(blank + 1).strip() : open + body.replaceFirst("^#", "") + close;
            }
            case "return" -> "Returns " + body;
            default -> body;
        };
    }

    private static String blocks(String text, String before, String after) {
        Matcher tags = BLOCK.matcher(text);
        StringBuilder replaced = new StringBuilder();
        while (tags.find()) {
            String label = switch (tags.group(1)) {
                case "param" -> "Parameter " + tags.group(2);
                case "return", "returns" -> "Returns";
                case "throws", "exception" -> "Throws " + tags.group(2);
                case "see" -> "See";
                default ->
                    Character.toUpperCase(tags.group(1).charAt(0))
                            + tags.group(1).substring(1);
            };
            boolean named = label.contains(" ");
            String rest = named || tags.group(2).isEmpty() ? "" : " " + tags.group(2);
            tags.appendReplacement(replaced, Matcher.quoteReplacement(before + label + after + ":" + rest));
        }
        return tags.appendTail(replaced).toString();
    }

    private static String entities(String text) {
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&nbsp;", " ")
                .replace("&quot;", "\"")
                .replace("&#64;", "@")
                .replace("&amp;", "&");
    }
}
