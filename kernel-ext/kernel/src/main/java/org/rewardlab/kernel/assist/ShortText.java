package org.rewardlab.kernel.assist;

import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.eval.CellNames;

/** A value in at most a line. */
public final class ShortText {

    private static final int MAX = 120;

    private ShortText() {}

    /** The text of the value, cut where it is long. */
    public static String of(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        try {
            String text = value.getClass().isArray()
                    ? CellNames.of(value.getClass().getComponentType()) + "[" + Array.getLength(value) + "]"
                    : value instanceof CharSequence ? "\"" + value + "\"" : String.valueOf(value);
            String line = CellNames.plain(text).replaceAll("\\s+", " ");
            return line.length() > MAX ? line.substring(0, MAX - 3) + "..." : line;
        } catch (RuntimeException | StackOverflowError e) {
            return CellNames.of(value.getClass()) + " (its toString failed)";
        }
    }
}
