package org.rewardlab.workbench.widget;

import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Widgets of which one is seen at a time, each below its title. */
public final class Tabs extends Seen {

    private final Map<String, Widget> pages;

    Tabs(Map<String, ? extends Widget> pages) {
        super(Module.CONTROLS, "Tab", null);
        if (pages.isEmpty()) {
            throw new IllegalArgumentException("pages: expected at least one, got none");
        }
        this.pages = new LinkedHashMap<>(pages);
        List<String> titles = List.copyOf(this.pages.keySet());
        Map<String, String> numbered = new LinkedHashMap<>();
        for (String title : titles) {
            numbered.put(String.valueOf(numbered.size()), title);
        }
        initially("box_style", "");
        initially("children", List.copyOf(this.pages.values()));
        initially("titles", titles);
        initially("_titles", numbered); // ipywidgets 7 has them here
        initially("selected_index", 0);
    }

    /** The title of the page that is seen. */
    public String selected() {
        int index = get("selected_index") instanceof Integer shown ? shown : 0;
        return new ArrayList<>(pages.keySet()).get(index);
    }

    @Override
    @Nullable
    Object read(String key, JsonElement sent) {
        if (!key.equals("selected_index")) {
            return get(key);
        }
        int index = sent.isJsonNull() ? 0 : sent.getAsInt();
        if (index < 0 || index >= pages.size()) {
            throw new IllegalArgumentException(
                    "selected_index: expected 0 to " + (pages.size() - 1) + ", got " + index);
        }
        return index;
    }

    @Override
    String text() {
        StringBuilder text = new StringBuilder();
        pages.forEach((title, page) -> text.append(text.isEmpty() ? "" : "\n")
                .append(title)
                .append(":\n")
                .append(page.text().indent(4).stripTrailing()));
        return text.toString();
    }
}
