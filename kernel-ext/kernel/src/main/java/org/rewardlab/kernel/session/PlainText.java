package org.rewardlab.kernel.session;

import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.eval.CellNames;
import org.rewardlab.kernel.eval.CellStopped;
import org.rewardlab.kernel.eval.LongText;

/** Values as text: arrays with their elements, long ones with their ends, and no names that the user did not write. */
final class PlainText {

    private static final int MAX_ELEMENTS = 200;
    private static final int ENDS = 20;
    private static final int MAX_CHARS = 1_000_000;
    private static final int MAX_DEPTH = 6;

    private PlainText() {}

    /** The text of a value, at most a million characters. */
    static String of(@Nullable Object value) {
        return cut(CellNames.plain(text(value, 0)));
    }

    /** A text with its middle replaced where it is too long. */
    static String cut(String text) {
        return LongText.cut(text, MAX_CHARS, "print the value to a file to see all");
    }

    private static String text(@Nullable Object value, int depth) {
        if (value == null) {
            return "null";
        }
        try {
            if (value.getClass().isArray()) {
                return depth > MAX_DEPTH ? "[...]" : array(value, depth);
            }
            if (isPlainCollection(value) && depth <= MAX_DEPTH) {
                return collection((Collection<?>) value, depth);
            }
            if (isPlainMap(value) && depth <= MAX_DEPTH) {
                return map((Map<?, ?>) value, depth);
            }
            return Objects.requireNonNullElse(value.toString(), "null");
        } catch (CellStopped e) {
            throw e;
        } catch (Throwable e) {
            return CellNames.of(value.getClass()) + " (its toString failed: " + e + ")";
        }
    }

    private static String array(Object array, int depth) {
        int length = Array.getLength(array);
        StringBuilder text = new StringBuilder("[");
        boolean nested = array instanceof Object[] rows
                && length > 1
                && rows[0] != null
                && rows[0].getClass().isArray();
        String separator = nested ? ",\n" + " ".repeat(depth + 1) : ", ";
        for (int i = 0; i < length; i++) {
            if (length > MAX_ELEMENTS && i == ENDS) {
                text.append(separator).append(leftOut(length));
                i = length - ENDS;
            }
            text.append(i == 0 ? "" : separator).append(text(Array.get(array, i), depth + 1));
        }
        return text.append(']').toString();
    }

    private static String collection(Collection<?> values, int depth) {
        int length = values.size();
        StringBuilder text = new StringBuilder("[");
        Iterator<?> each = values.iterator();
        for (int i = 0; each.hasNext(); i++) {
            Object value = each.next();
            if (length > MAX_ELEMENTS && i >= ENDS && i < length - ENDS) {
                text.append(i == ENDS ? ", " + leftOut(length) : "");
                continue;
            }
            text.append(i == 0 ? "" : ", ").append(value == values ? "(this collection)" : text(value, depth + 1));
        }
        return text.append(']').toString();
    }

    private static String map(Map<?, ?> map, int depth) {
        int length = map.size();
        StringBuilder text = new StringBuilder("{");
        int i = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (length <= MAX_ELEMENTS || i < ENDS || i >= length - ENDS) {
                text.append(i == 0 ? "" : ", ")
                        .append(text(entry.getKey(), depth + 1))
                        .append('=')
                        .append(entry.getValue() == map ? "(this map)" : text(entry.getValue(), depth + 1));
            } else if (i == ENDS) {
                text.append(", ").append(leftOut(length));
            }
            i++;
        }
        return text.append('}').toString();
    }

    private static String leftOut(int length) {
        return "... " + (length - 2 * ENDS) + " more of " + length + ", printed by a loop ...";
    }

    /** Only the collections of the JDK: a library's own has its own text. */
    private static boolean isPlainCollection(Object value) {
        return value instanceof Collection<?> && value.getClass().getName().startsWith("java.util.");
    }

    private static boolean isPlainMap(Object value) {
        return value instanceof Map<?, ?> && value.getClass().getName().startsWith("java.util.");
    }
}
