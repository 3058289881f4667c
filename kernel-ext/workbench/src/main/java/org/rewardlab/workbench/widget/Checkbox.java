package org.rewardlab.workbench.widget;

import com.google.gson.JsonElement;

/** Yes or no. */
public final class Checkbox extends Control<Boolean> {

    Checkbox(String description, boolean value) {
        super("Checkbox", "DescriptionStyleModel", description, "value");
        initially("indent", false);
        initially("value", value);
    }

    @Override
    public Boolean value() {
        return Boolean.TRUE.equals(get("value"));
    }

    @Override
    public void value(Boolean value) {
        set("value", value);
    }

    @Override
    Object readValue(JsonElement sent) {
        if (!sent.isJsonPrimitive() || !sent.getAsJsonPrimitive().isBoolean()) {
            throw new IllegalArgumentException("value: expected true or false, got " + sent);
        }
        return sent.getAsBoolean();
    }
}
