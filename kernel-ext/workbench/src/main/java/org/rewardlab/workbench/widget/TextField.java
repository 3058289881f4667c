package org.rewardlab.workbench.widget;

import com.google.gson.JsonElement;

/** A line of text to write in. */
public final class TextField extends Control<String> {

    TextField(String description, String value) {
        super("Text", "DescriptionStyleModel", description, "value");
        initially("placeholder", "");
        initially("continuous_update", false);
        initially("value", value);
    }

    @Override
    public String value() {
        return String.valueOf(get("value"));
    }

    @Override
    public void value(String value) {
        set("value", value);
    }

    @Override
    Object readValue(JsonElement sent) {
        return sent.getAsString();
    }
}
