package org.rewardlab.kernel.page;

import org.rewardlab.kernel.eval.JavaWords;

/** Java source as HTML with a class on each word that a reader's eye looks for. */
final class JavaCode {
    private final String source;
    private final StringBuilder html = new StringBuilder();
    private int at;

    private JavaCode(String source) {
        this.source = source;
    }

    /** Java, magics included, as HTML. */
    static String highlight(String source) {
        if (source.stripLeading().startsWith("%%")) {
            String line = source.lines().findFirst().orElse("");
            return span("g", line) + Html.escape(source.substring(source.indexOf(line) + line.length()));
        }
        return new JavaCode(source).run();
    }

    private String run() {
        boolean lineStart = true;
        while (at < source.length()) {
            char c = source.charAt(at);
            if (lineStart && (c == '%' || c == '!') && at + 1 < source.length() && isWordStart(source.charAt(at + 1))) {
                emit("g", end("\n", at));
            } else if (source.startsWith("//", at)) {
                emit("c", end("\n", at));
            } else if (source.startsWith("/*", at)) {
                emit("c", past("*/", at + 2));
            } else if (source.startsWith("\"\"\"", at)) {
                emit("s", pastQuoted("\"\"\"", at + 3));
            } else if (c == '"' || c == '\'') {
                emit("s", Math.min(pastQuoted(String.valueOf(c), at + 1), end("\n", at)));
            } else if (Character.isDigit(c)) {
                emit("n", number());
            } else if (c == '@' && at + 1 < source.length() && isWordStart(source.charAt(at + 1))) {
                emit("a", word(at + 1));
            } else if (isWordStart(c)) {
                wordHere();
            } else {
                html.append(Html.escape(String.valueOf(c)));
                at++;
            }
            char last = source.charAt(at - 1);
            lineStart = last == '\n' || (lineStart && (last == ' ' || last == '\t'));
        }
        return html.toString();
    }

    private void wordHere() {
        int end = word(at);
        String word = source.substring(at, end);
        int next = end;
        while (next < source.length() && source.charAt(next) == ' ') {
            next++;
        }
        boolean called = next < source.length() && source.charAt(next) == '(';
        boolean member = at > 0 && source.charAt(at - 1) == '.';
        if (JavaWords.contains(word) && !member && !(called && word.equals("record"))) {
            emit("k", end);
        } else if (Character.isUpperCase(word.charAt(0)) && !isConstant(word)) {
            emit("t", end);
        } else if (called) {
            emit("m", end);
        } else {
            html.append(Html.escape(word));
            at = end;
        }
    }

    private static boolean isConstant(String word) {
        return word.length() > 1 && word.equals(word.toUpperCase(java.util.Locale.ROOT));
    }

    private int number() {
        int end = at;
        while (end < source.length()) {
            char c = source.charAt(end);
            boolean sign = (c == '+' || c == '-') && "eEpP".indexOf(source.charAt(end - 1)) >= 0 && !isHex();
            if (!Character.isLetterOrDigit(c) && c != '.' && c != '_' && !sign) {
                break;
            }
            end++;
        }
        return end;
    }

    private boolean isHex() {
        return source.startsWith("0x", at) || source.startsWith("0X", at);
    }

    private int word(int from) {
        int end = from;
        while (end < source.length() && Character.isJavaIdentifierPart(source.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isWordStart(char c) {
        return Character.isJavaIdentifierStart(c);
    }

    private int end(String mark, int from) {
        int end = source.indexOf(mark, from);
        return end < 0 ? source.length() : end;
    }

    private int past(String mark, int from) {
        return Math.min(end(mark, from) + mark.length(), source.length());
    }

    private int pastQuoted(String quote, int from) {
        int i = from;
        while (i < source.length() && !source.startsWith(quote, i)) {
            i += source.charAt(i) == '\\' ? 2 : 1;
        }
        return Math.min(i + quote.length(), source.length());
    }

    private void emit(String kind, int end) {
        html.append(span(kind, source.substring(at, end)));
        at = end;
    }

    private static String span(String kind, String text) {
        return "<span class=\"" + kind + "\">" + Html.escape(text) + "</span>";
    }
}
