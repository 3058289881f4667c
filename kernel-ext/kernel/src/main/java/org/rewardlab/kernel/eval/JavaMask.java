package org.rewardlab.kernel.eval;

/** Java source with comments and the insides of literals blanked out, character for character in place. */
public final class JavaMask {

    private final String source;
    private final char[] masked;
    private int at;
    private boolean open;

    private JavaMask(String source) {
        this.source = source;
        masked = source.toCharArray();
    }

    /** The masked source; line ends stay, quotes stay at the borders of literals. */
    public static String of(String source) {
        JavaMask mask = new JavaMask(source);
        mask.scan();
        return new String(mask.masked);
    }

    /** Whether a comment begins in the source that does not end there. */
    static boolean endsInComment(String source) {
        JavaMask mask = new JavaMask(source);
        mask.scan();
        return mask.open;
    }

    private void scan() {
        while (at < masked.length) {
            if (source.startsWith("//", at)) {
                int end = source.indexOf('\n', at);
                blankTo(end < 0 ? masked.length : end);
            } else if (source.startsWith("/*", at)) {
                int end = source.indexOf("*/", at + 2);
                open = end < 0;
                blankTo(end < 0 ? masked.length : end + 2);
            } else if (source.startsWith("\"\"\"", at)) {
                textBlock();
            } else if (masked[at] == '"' || masked[at] == '\'') {
                literal(masked[at]);
            } else {
                at++;
            }
        }
    }

    private void textBlock() {
        at += 3;
        while (at < masked.length && !source.startsWith("\"\"\"", at)) {
            blankTo(Math.min(masked.length, at + (source.charAt(at) == '\\' ? 2 : 1)));
        }
        at = Math.min(masked.length, at + 3);
    }

    private void literal(char quote) {
        at++;
        while (at < masked.length && source.charAt(at) != quote && source.charAt(at) != '\n') {
            blankTo(Math.min(masked.length, at + (source.charAt(at) == '\\' ? 2 : 1)));
        }
        at = Math.min(masked.length, at + 1);
    }

    private void blankTo(int end) {
        while (at < end) {
            if (masked[at] != '\n' && masked[at] != '\r') {
                masked[at] = ' ';
            }
            at++;
        }
    }
}
