package org.rewardlab.workbench.widget;

import com.google.gson.JsonElement;
import java.util.List;

/**
 * One of several options.
 *
 * @param <T> what the options are; each is shown as it prints itself
 */
public final class Dropdown<T> extends Control<T> {

    private final List<T> options;

    Dropdown(String description, List<? extends T> options) {
        super("Dropdown", "DescriptionStyleModel", description, "index");
        if (options.isEmpty()) {
            throw new IllegalArgumentException("options: expected at least one, got none");
        }
        this.options = List.copyOf(options);
        initially("_options_labels", this.options.stream().map(String::valueOf).toList());
        initially("index", 0);
    }

    @Override
    public T value() {
        return options.get(get("index") instanceof Integer index ? index : 0);
    }

    @Override
    public void value(T value) {
        int index = options.indexOf(value);
        if (index < 0) {
            throw new IllegalArgumentException("value: expected one of " + options + ", got " + value);
        }
        set("index", index);
    }

    @Override
    Object readValue(JsonElement sent) {
        int index = sent.getAsInt();
        if (index < 0 || index >= options.size()) {
            throw new IllegalArgumentException("index: expected 0 to " + (options.size() - 1) + ", got " + index);
        }
        return index;
    }
}
