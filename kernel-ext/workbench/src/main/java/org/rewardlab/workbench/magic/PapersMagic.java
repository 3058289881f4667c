package org.rewardlab.workbench.magic;

import java.util.List;
import java.util.Locale;
import org.rewardlab.lab.paper.Papers;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

/**
 * {@code %papers}: the catalogue with what there is of each paper; {@code %papers 32} one of them; {@code %papers reward
 * model} those of which title, family or primitives have all the words.
 */
final class PapersMagic {

    private PapersMagic() {}

    static Object run(List<String> arguments) {
        if (arguments.size() == 1 && arguments.get(0).matches("-?\\d+")) {
            return Papers.of(number(arguments.get(0)));
        }
        Table all = Papers.table();
        if (arguments.isEmpty()) {
            return all;
        }
        List<String> words =
                arguments.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
        int[] rows = all.stream()
                .filter(row -> words.stream().allMatch(text(row)::contains))
                .mapToInt(Row::getRowNumber)
                .toArray();
        if (rows.length == 0) {
            return "no paper has " + String.join(" ", arguments) + " in its title, family or primitives";
        }
        return all.rows(rows);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("%papers: expected the number of a paper, got " + text, e);
        }
    }

    private static String text(Row row) {
        return (row.getString("title") + " " + row.getString("family") + " " + row.getString("primitives"))
                .toLowerCase(Locale.ROOT);
    }
}
