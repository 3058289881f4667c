package org.rewardlab.kernel.page;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Terminal text as HTML: colours as classes, other escapes dropped, a carriage return starts its line again. */
final class AnsiText {
    private static final Pattern ESCAPE = Pattern.compile(
            "\u001B(?:\\[([0-9;]*)m|\\[[0-9;?]*[A-Za-z]|\\][^\u0007\u001B]*(?:\u0007|\u001B\\\\)?|[@-Z\\\\-_])");

    private boolean bold;
    private boolean dim;
    private boolean italic;
    private boolean underlined;
    private String colour = "";

    private AnsiText() {}

    static String html(String text) {
        return new AnsiText().convert(overwritten(text));
    }

    private String convert(String text) {
        StringBuilder html = new StringBuilder();
        Matcher escape = ESCAPE.matcher(text);
        int at = 0;
        while (escape.find()) {
            append(html, text.substring(at, escape.start()));
            if (escape.group(1) != null) {
                select(escape.group(1));
            }
            at = escape.end();
        }
        append(html, text.substring(at));
        return html.toString();
    }

    private void append(StringBuilder html, String text) {
        if (text.isEmpty()) {
            return;
        }
        String classes = ((bold ? "ab " : "")
                        + (dim ? "ad " : "")
                        + (italic ? "ai " : "")
                        + (underlined ? "au " : "")
                        + colour)
                .strip();
        if (classes.isEmpty()) {
            html.append(Html.escape(text));
        } else {
            html.append("<span class=\"")
                    .append(classes)
                    .append("\">")
                    .append(Html.escape(text))
                    .append("</span>");
        }
    }

    private void select(String codes) {
        String[] parts = codes.split(";", -1);
        for (int i = 0; i < parts.length; i++) {
            int code = parts[i].isEmpty() ? 0 : Integer.parseInt(parts[i]);
            if (code == 38 || code == 48) {
                boolean indexed = i + 2 < parts.length && parts[i + 1].equals("5");
                if (indexed && code == 38) {
                    int index = Integer.parseInt(parts[i + 2]);
                    colour = index < 16 ? "a" + index % 8 : "";
                }
                i += indexed ? 2 : 4;
            } else {
                select(code);
            }
        }
    }

    private void select(int code) {
        switch (code) {
            case 0 -> {
                bold = false;
                dim = false;
                italic = false;
                underlined = false;
                colour = "";
            }
            case 1 -> bold = true;
            case 2 -> dim = true;
            case 3 -> italic = true;
            case 4 -> underlined = true;
            case 22 -> {
                bold = false;
                dim = false;
            }
            case 23 -> italic = false;
            case 24 -> underlined = false;
            case 39 -> colour = "";
            default -> {
                if (code >= 30 && code <= 37) {
                    colour = "a" + (code - 30);
                } else if (code >= 90 && code <= 97) {
                    colour = "a" + (code - 90);
                }
            }
        }
    }

    /** What a terminal would still show: in each line, text after a carriage return replaces what stood before it. */
    private static String overwritten(String text) {
        if (text.indexOf('\r') < 0 && text.indexOf('\b') < 0) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        int lineStart = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r') {
                boolean ends = i + 1 == text.length() || text.charAt(i + 1) == '\n' || text.charAt(i + 1) == '\r';
                if (!ends) {
                    kept.setLength(lineStart);
                }
            } else if (c == '\b') {
                kept.setLength(Math.max(lineStart, kept.length() - 1));
            } else {
                kept.append(c);
                lineStart = c == '\n' ? kept.length() : lineStart;
            }
        }
        return kept.toString();
    }
}
