package org.rewardlab.kernel.eval;

/**
 * The text of a cell and the name under which errors speak of it, such as {@code In [7]}.
 *
 * @param name what error reports call it
 * @param text the Java source, magics already translated
 * @param written the text as the user wrote it, with the same lines
 */
public record CellSource(String name, String text, String written) {

    /** A source without magics. */
    public CellSource(String name, String text) {
        this(name, text, text);
    }

    /** The same cell in other words, with the same lines. */
    public CellSource as(String translated) {
        return new CellSource(name, translated, written);
    }

    /** The source of the cell of that number. */
    public static CellSource of(int number, String text) {
        return new CellSource("In [" + number + "]", text);
    }

    /** The line, from 1, of a position in the text. */
    int lineAt(int position) {
        int line = 1;
        int end = Math.min(position, text.length());
        for (int i = 0; i < end; i++) {
            if (text.charAt(i) == '\n') {
                line++;
            }
        }
        return line;
    }

    /** The text of a line, from 1, without its end. */
    String line(int number) {
        String[] lines = lines();
        return number >= 1 && number <= lines.length ? lines[number - 1] : "";
    }

    /** All lines as the user wrote them. */
    String[] lines() {
        return written.split("\\R", -1);
    }

    /** The position at which the line, from 1, begins. */
    int lineStart(int number) {
        int position = 0;
        for (int line = 1; line < number; line++) {
            int next = text.indexOf('\n', position);
            if (next < 0) {
                return text.length();
            }
            position = next + 1;
        }
        return position;
    }
}
