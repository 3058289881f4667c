package org.rewardlab.workbench.render;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.rewardlab.lab.statistics.Digits;
import org.rewardlab.tensor.Scope;

/** An array with its type, shape and range; its numbers where they are few, else its ends and a small picture. */
public final class ArrayView {

    private static final int LARGEST_LIST = 12;

    private ArrayView() {}

    static Bundle of(NDArray array) {
        if (array.isReleased()) {
            return Bundle.text("an array that was closed");
        }
        try (Scope scope = Scope.open()) {
            return open(array);
        }
    }

    static Bundle of(List<NDArray> list) {
        List<String> html = new ArrayList<>();
        List<String> text = new ArrayList<>();
        for (NDArray array : list.subList(0, Math.min(list.size(), LARGEST_LIST))) {
            Bundle bundle = of(array);
            String name = array.isReleased() || array.getName() == null ? "" : array.getName() + ": ";
            html.add("<div style=\"margin-bottom:8px\">" + Look.escape(name)
                    + bundle.byType().getOrDefault(Bundle.HTML, bundle.byType().get(Bundle.TEXT)) + "</div>");
            text.add(name + bundle.byType().get(Bundle.TEXT));
        }
        if (list.size() > LARGEST_LIST) {
            String more = "… and " + (list.size() - LARGEST_LIST) + " more arrays";
            html.add(Look.note(more));
            text.add(more);
        }
        String count = list.size() + (list.size() == 1 ? " array" : " arrays");
        return Bundle.of(Look.note(count) + String.join("", html), count + "\n" + String.join("\n", text));
    }

    /** One line: type and shape, and the number where there is only one, or the range. */
    public static String line(NDArray array) {
        if (array.isReleased()) {
            return "closed";
        }
        try (Scope scope = Scope.open()) {
            String facts = ArrayFacts.line(array);
            if (ArrayFacts.isUnreadable(array.getDataType()) || array.size() == 0) {
                return facts;
            }
            String numbers = array.size() == 1 ? scalar(array) : ArrayFacts.range(array);
            return facts + " · " + numbers;
        }
    }

    private static Bundle open(NDArray array) {
        String facts = ArrayFacts.line(array);
        if (ArrayFacts.isUnreadable(array.getDataType())) {
            return Bundle.text(
                    array.getDataType() == DataType.STRING
                            ? facts + "\n" + Arrays.toString(array.toStringArray())
                            : facts);
        }
        if (array.size() == 0) {
            return Bundle.of(Look.note(Look.escape(facts + " · no numbers")), facts + ", no numbers");
        }
        if (array.getShape().dimension() == 0) {
            String number = scalar(array);
            String html = "<span style=\"font-family:" + Look.MONO + ";font-size:14px\">" + number
                    + "</span>&ensp;<span style=\"" + Look.MUTED + "\">" + Look.escape(facts) + "</span>";
            return Bundle.of(html, number.replace('−', '-') + "  " + facts);
        }
        String range = ArrayFacts.range(array);
        String head = range.isEmpty() ? facts : facts + " · " + range;
        List<Part> parts = parts(array);
        return Bundle.of(
                Look.note(Look.escape(head)) + parts.stream().map(Part::html).collect(Collectors.joining()),
                head.replace('−', '-') + "\n" + parts.stream().map(Part::text).collect(Collectors.joining("\n")));
    }

    private static String scalar(NDArray array) {
        double value = ArrayReading.numbers(array)[0];
        return switch (ArrayReading.kind(array)) {
            case TRUTH -> value != 0 ? "true" : "false";
            case WHOLE -> NumberFormatting.minus(Long.toString((long) value));
            case REAL ->
                NumberFormatting.minus(Digits.significant(value, array.getDataType() == DataType.FLOAT64 ? 10 : 6));
        };
    }

    /** A vector or matrix itself; of more dimensions the first and the last matrix. */
    private static List<Part> parts(NDArray array) {
        long[] sizes = array.getShape().getShape();
        if (sizes.length <= 2) {
            return List.of(part("", array));
        }
        NDArray first = array;
        NDArray last = array;
        long count = 1;
        for (int axis = 0; axis < sizes.length - 2; axis++) {
            first = first.get(0L);
            last = last.get(sizes[axis] - 1);
            count *= sizes[axis];
        }
        String zeros = "0, ".repeat(sizes.length - 2);
        if (count == 1) {
            return List.of(part("[" + zeros + ":, :]", first));
        }
        StringBuilder ends = new StringBuilder();
        for (int axis = 0; axis < sizes.length - 2; axis++) {
            ends.append(sizes[axis] - 1).append(", ");
        }
        return List.of(part("[" + zeros + ":, :]", first), part("[" + ends + ":, :]", last));
    }

    private static Part part(String label, NDArray array) {
        NumberGrid grid = ArrayReading.grid(array);
        String picture = "";
        if (grid.isPartOfVector()) {
            picture = Sparkline.html(ArrayReading.sample(array, 200));
        } else if (grid.isPartOfMatrix()) {
            picture = HeatMap.html(ArrayReading.sample(array));
        }
        String named = label.isEmpty() ? "" : Look.note(Look.code(label));
        return new Part(named + grid.html() + picture, (label.isEmpty() ? "" : label + "\n") + grid.text());
    }

    private record Part(String html, String text) {}
}
