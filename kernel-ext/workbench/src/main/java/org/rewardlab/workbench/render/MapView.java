package org.rewardlab.workbench.render;

import java.util.Map;

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
        return new Bundle(Map.of(Bundle.HTML, html.html()));
    }
}
