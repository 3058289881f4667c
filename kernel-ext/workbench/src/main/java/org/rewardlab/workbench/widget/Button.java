package org.rewardlab.workbench.widget;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/** A button that a reader can press. */
public final class Button extends Seen {

    private final List<Runnable> actions = new CopyOnWriteArrayList<>();

    Button(String description) {
        super(Module.CONTROLS, "Button", Part.button());
        initially("description", Objects.requireNonNull(description, "description"));
        initially("disabled", false);
        initially("button_style", "");
        initially("icon", "");
    }

    /** Does something each time the button is pressed. */
    public Button onClick(Runnable action) {
        actions.add(Objects.requireNonNull(action, "action"));
        return this;
    }

    @Override
    void event(JsonObject content) {
        JsonElement event = content.get("event");
        if (event != null && event.isJsonPrimitive() && event.getAsString().equals("click")) {
            actions.forEach(Runnable::run);
        }
    }

    @Override
    String text() {
        return "[" + get("description") + "]";
    }
}
