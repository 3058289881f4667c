package org.rewardlab.workbench.render;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Arrays of Java numbers of one to three dimensions, shown as tensors are. */
final class JavaArrayView {

    static final List<Class<?>> TYPES = List.of(
            double[].class,
            double[][].class,
            double[][][].class,
            float[].class,
            float[][].class,
            float[][][].class,
            long[].class,
            long[][].class,
            long[][][].class,
            int[].class,
            int[][].class,
            int[][][].class,
            boolean[].class,
            boolean[][].class,
            boolean[][][].class);

    private JavaArrayView() {}

    static Bundle of(Object array) {
        int length = Array.getLength(array);
        String kind = array.getClass().getComponentType().getSimpleName();
        String facts = kind.replaceFirst("(\\[])*$", "") + "[" + length + "]" + brackets(array);
        if (length == 0) {
            return Bundle.text(facts);
        }
        if (array instanceof Object[] rows && rows[0] instanceof Object[] && rows[length - 1] instanceof Object[]) {
            StringBuilder html = new StringBuilder(Look.note(Look.code(facts)));
            StringBuilder text = new StringBuilder(facts);
            for (int i = 0; i < length; i = i == 0 && length > 1 ? length - 1 : length) {
                NumberGrid grid = matrix((Object[]) rows[i]);
                html.append(Look.note(Look.code("[" + i + "]"))).append(grid.html());
                text.append("\n[").append(i).append("]\n").append(grid.text());
            }
            return Bundle.of(html.toString(), text.toString());
        }
        NumberGrid grid = array instanceof Object[] rows ? matrix(rows) : vector(array);
        return Bundle.of(Look.note(Look.code(facts)) + grid.html(), facts + "\n" + grid.text());
    }

    private static String brackets(Object array) {
        if (!(array instanceof Object[] rows)) {
            return "";
        }
        if (rows.length == 0) {
            return "[]".repeat(array.getClass().getName().lastIndexOf('['));
        }
        int width = rows[0] == null ? -1 : Array.getLength(rows[0]);
        for (Object row : rows) {
            width = row != null && Array.getLength(row) == width ? width : -1;
        }
        return (width < 0 ? "[]" : "[" + width + "]")
                + (rows[0] instanceof Object[] deeper && deeper.length > 0 ? brackets(deeper) : "");
    }

    private static NumberGrid vector(Object array) {
        long[] places = NumberGrid.places(Array.getLength(array), 8, 4);
        return NumberGrid.vector(Array.getLength(array), places, row(array, places), kind(array));
    }

    private static NumberGrid matrix(Object[] rows) {
        int columns = 0;
        for (Object row : rows) {
            columns = Math.max(columns, row == null ? 0 : Array.getLength(row));
        }
        long[] atRows = NumberGrid.places(rows.length, 6, 4);
        long[] atColumns = NumberGrid.places(columns, 7, 3);
        double[][] values = new double[atRows.length][];
        for (int i = 0; i < atRows.length; i++) {
            values[i] = row(rows[(int) atRows[i]], atColumns);
        }
        return NumberGrid.matrix(rows.length, columns, atRows, atColumns, values, kind(rows));
    }

    /** The visible numbers of a row; of one that is shorter than others, those that it has. */
    private static double[] row(@Nullable Object row, long[] places) {
        int length = row == null ? 0 : Array.getLength(row);
        return Arrays.stream(places)
                .takeWhile(place -> place < length)
                .mapToDouble(place -> number(Objects.requireNonNull(row), (int) place))
                .toArray();
    }

    private static double number(Object row, int at) {
        Object value = Array.get(row, at);
        return value instanceof Boolean truth ? (truth ? 1 : 0) : ((Number) value).doubleValue();
    }

    private static NumberFormatting.Kind kind(Object array) {
        String name = array.getClass().getName();
        return switch (name.charAt(name.length() - 1)) {
            case 'Z' -> NumberFormatting.Kind.TRUTH;
            case 'I', 'J' -> NumberFormatting.Kind.WHOLE;
            default -> NumberFormatting.Kind.REAL;
        };
    }
}
