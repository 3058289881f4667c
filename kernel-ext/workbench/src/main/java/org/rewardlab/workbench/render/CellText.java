package org.rewardlab.workbench.render;

import ai.djl.ndarray.NDArray;
import java.lang.reflect.Array;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value in a cell of a table: one short line. */
final class CellText {

    private static final int LONGEST = 160;

    private CellText() {}

    static boolean isNumber(@Nullable Object value) {
        return value instanceof Number;
    }

    /** The line as HTML, cut where it is long. */
    static String html(@Nullable Object value) {
        if (value == null) {
            return "<span style=\"opacity:.4\">–</span>";
        }
        return value instanceof Number number
                ? NumberFormatting.minus(number(number))
                : Look.cut(plain(value), LONGEST);
    }

    /** The line as text. */
    static String plain(@Nullable Object value) {
        if (value == null) {
            return "–";
        }
        if (value instanceof Number number) {
            return number(number);
        }
        if (value instanceof NDArray array) {
            return ArrayView.line(array);
        }
        if (value instanceof Duration duration) {
            return Durations.text(duration);
        }
        if (value.getClass().isArray()) {
            return value.getClass().getComponentType().getSimpleName() + "[" + Array.getLength(value) + "]";
        }
        if (value instanceof Collection<?> many && many.size() > 8) {
            return many.getClass().getSimpleName() + " of " + many.size();
        }
        if (value instanceof Map<?, ?> map && map.size() > 8) {
            return map.getClass().getSimpleName() + " of " + map.size();
        }
        return CellNames.plain(String.valueOf(value));
    }

    static String number(Number number) {
        return number instanceof Double || number instanceof Float
                ? NumberFormatting.shortest(number.doubleValue())
                : number.toString();
    }
}
