package org.rewardlab.lab.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.columns.Column;

/** The fields beside the pair itself: numbers, booleans or text where all values are, else JSON as text; absent and null are missing. */
final class ExtraColumns {
    private static final Set<String> OWN = Set.of(Preferences.PROMPT, Preferences.CHOSEN, Preferences.REJECTED);

    private final Map<String, Map<Integer, JsonNode>> values = new LinkedHashMap<>();
    private final Map<String, String> names = new LinkedHashMap<>();

    void add(ObjectNode row, int index, Place place) {
        row.properties().forEach(field -> {
            if (OWN.contains(field.getKey())) {
                return;
            }
            String key = field.getKey().toLowerCase(Locale.ROOT);
            String known = names.putIfAbsent(key, field.getKey());
            if (OWN.contains(key) || (known != null && !known.equals(field.getKey()))) {
                throw InvalidDataException.at(
                        place,
                        "field \"" + field.getKey() + "\" differs from \"" + (known == null ? key : known)
                                + "\" in upper and lower case only; rename one");
            }
            if (!field.getValue().isNull()) {
                values.computeIfAbsent(field.getKey(), name -> new LinkedHashMap<>())
                        .put(index, field.getValue());
            }
        });
    }

    List<Column<?>> columns(int rows) {
        List<Column<?>> columns = new ArrayList<>();
        values.forEach((name, cells) -> columns.add(column(name, cells, rows)));
        return columns;
    }

    private static Column<?> column(String name, Map<Integer, JsonNode> cells, int rows) {
        if (cells.values().stream().allMatch(JsonNode::isNumber)) {
            DoubleColumn numbers = DoubleColumn.create(name, rows);
            cells.forEach((Integer row, JsonNode value) -> numbers.set(row.intValue(), value.doubleValue()));
            return numbers;
        }
        if (cells.values().stream().allMatch(JsonNode::isBoolean)) {
            BooleanColumn flags = BooleanColumn.create(name, rows);
            cells.forEach((Integer row, JsonNode value) -> flags.set(row.intValue(), value.booleanValue()));
            return flags;
        }
        StringColumn texts = StringColumn.create(name, rows);
        cells.forEach((row, value) -> texts.set(row, value.isTextual() ? value.textValue() : value.toString()));
        return texts;
    }
}
