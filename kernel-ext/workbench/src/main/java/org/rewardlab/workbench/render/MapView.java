package org.rewardlab.workbench.render;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.stream.Collectors;

/** A map as two columns; a long one with its first entries. */
final class MapView {

    private static final int MOST = 40;

    private MapView() {}

    static Bundle of(Map<?, ?> map) {
        if (map.isEmpty()) {
            return Bundle.none();
        }
        HtmlTable html = new HtmlTable();
        int shown = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (shown == MOST) {
                html.row()
                        .cell("⋮ " + (map.size() - MOST) + " more", "opacity:.55")
                        .text("")
                        .endRow();
                break;
            }
            html.row().name(CellText.html(entry.getKey()));
            String value = entry.getValue() == map ? "(this map)" : CellText.html(entry.getValue());
            if (CellText.isNumber(entry.getValue())) {
                html.number(value);
            } else {
                html.text(value);
            }
            html.endRow();
            shown++;
        }
        if (map.values().stream().noneMatch(NDArray.class::isInstance)) {
            return new Bundle(Map.of(Bundle.HTML, html.html()));
        }
        return Bundle.of(
                html.html(),
                map.entrySet().stream()
                        .limit(MOST)
                        .map(entry -> CellText.plain(entry.getKey()) + ": " + CellText.plain(entry.getValue()))
                        .collect(Collectors.joining("\n", "", map.size() > MOST ? "\n… and more" : "")));
    }
}
