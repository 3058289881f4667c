package org.rewardlab.workbench.render;

import ai.djl.ndarray.NDArray;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A record as its components; a list of records of one type as a table. */
final class RecordView {

    private static final int FIRST = 12;
    private static final int LAST = 4;

    private RecordView() {}

    static Bundle of(Record value) {
        RecordComponent[] components = value.getClass().getRecordComponents();
        HtmlTable html = new HtmlTable();
        for (RecordComponent component : components) {
            html.row()
                    .name(Look.escape(component.getName()))
                    .text(CellText.html(get(component, value)))
                    .endRow();
        }
        String title = "<div style=\"font-weight:600\">" + Look.escape(name(value.getClass())) + "</div>";
        return Bundle.of(components.length == 0 ? title : title + html.html(), plain(value));
    }

    static Bundle ofList(List<?> values) {
        if (!values.isEmpty() && values.stream().allMatch(NDArray.class::isInstance)) {
            return ArrayView.of(values.stream().map(NDArray.class::cast).toList());
        }
        if (values.isEmpty() || !(values.get(0) instanceof Record first)) {
            return Bundle.none();
        }
        Class<?> type = first.getClass();
        if (type.getRecordComponents().length == 0 || values.stream().anyMatch(each -> !type.isInstance(each))) {
            return Bundle.none();
        }
        RecordComponent[] components = type.getRecordComponents();
        HtmlTable html = new HtmlTable().head().head("", "", true);
        for (RecordComponent component : components) {
            html.head(Look.escape(component.getName()), "", isNumber(component));
        }
        html.endHead();
        boolean all = values.size() <= FIRST + LAST + 1;
        for (int i = 0; i < values.size(); i++) {
            if (!all && i == FIRST) {
                i = values.size() - LAST;
                html.gap("⋮ " + (i - FIRST) + " more");
            }
            html.row().cell(Integer.toString(i), "text-align:right;opacity:.45");
            for (RecordComponent component : components) {
                Object value = get(component, values.get(i));
                String cell = CellText.html(value);
                if (CellText.isNumber(value)) {
                    html.number(cell);
                } else {
                    html.text(cell);
                }
            }
            html.endRow();
        }
        String note = values.size() + " × " + name(type);
        return new Bundle(Map.of(Bundle.HTML, html.html() + Look.note(Look.escape(note))));
    }

    private static boolean isNumber(RecordComponent component) {
        Class<?> type = component.getType();
        return Number.class.isAssignableFrom(type)
                || (type.isPrimitive() && type != boolean.class && type != char.class);
    }

    /** As {@code toString} writes records, with arrays in a line. */
    private static String plain(Record value) {
        StringBuilder text = new StringBuilder(name(value.getClass())).append('[');
        String separator = "";
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            text.append(separator)
                    .append(component.getName())
                    .append('=')
                    .append(CellText.plain(get(component, value)));
            separator = ", ";
        }
        return text.append(']').toString();
    }

    private static String name(Class<?> type) {
        return type.getSimpleName();
    }

    private static @Nullable Object get(RecordComponent component, @Nullable Object value) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(value);
        } catch (InvocationTargetException e) {
            return String.valueOf(e.getCause());
        } catch (IllegalAccessException | RuntimeException e) {
            return e.toString();
        }
    }
}
