package org.rewardlab.workbench.widget;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.rewardlab.lab.display.Displayable;

/**
 * A piece of the front end whose state both sides hold: what is set here is shown there, and what the reader changes there
 * arrives here, on the thread of cells and never while a cell runs. It comes to the front end when it is first shown. Without
 * one it is text.
 */
public abstract class Widget implements Displayable {

    private static final String VIEW = "application/vnd.jupyter.widget-view+json";

    private final Map<String, @Nullable Object> state = new LinkedHashMap<>();
    private @Nullable WidgetComm comm;

    Widget(Module module, String model, @Nullable String view) {
        state.put("_model_module", module.packageName());
        state.put("_model_module_version", module.version());
        state.put("_model_name", model);
        state.put("_view_module", module.packageName());
        state.put("_view_module_version", module.version());
        state.put("_view_name", view);
    }

    /** The state as a reader without a front end sees it. */
    abstract String text();

    /** A part of the state before the widget is shown, without a word to anyone. */
    final synchronized void initially(String key, @Nullable Object value) {
        state.put(key, value);
    }

    final synchronized @Nullable Object get(String key) {
        return state.get(key);
    }

    /** Changes a part of the state here and in the front end. */
    final void set(String key, @Nullable Object value) {
        synchronized (this) {
            if (Objects.equals(state.get(key), value)) {
                return;
            }
            state.put(key, value);
            send("update", List.of(key));
        }
        changed(key);
    }

    /** Something has happened to a part of the state; on whichever side. */
    void changed(String key) {}

    /**
     * The value of a part of the state that the front end sent, or that which is there where the sent one is of no use.
     *
     * @throws RuntimeException where the JSON is of the wrong kind
     */
    @Nullable
    Object read(String key, JsonElement sent) {
        return get(key);
    }

    /** An event of the front end that is no change of state. */
    void event(JsonObject content) {}

    /** Takes what the front end sent; what cannot be taken is answered with what holds. */
    final void received(JsonObject sent) {
        List<String> changed = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        synchronized (this) {
            List<String> known =
                    sent.keySet().stream().filter(state::containsKey).toList();
            for (String key : known) {
                Object before = state.get(key);
                Object after = before;
                try {
                    after = read(key, sent.get(key));
                } catch (RuntimeException e) {
                    refused.add(key);
                    continue;
                }
                state.put(key, after);
                if (!Objects.equals(before, after)) {
                    changed.add(key);
                }
                if (!WireState.says(sent.get(key), after)) {
                    refused.add(key);
                }
            }
            send("echo_update", changed);
            send("update", refused);
        }
        changed.forEach(this::changed);
    }

    private void send(String method, List<String> keys) {
        WidgetComm open = comm;
        if (open == null || keys.isEmpty()) {
            return;
        }
        Map<String, @Nullable Object> part = new LinkedHashMap<>();
        keys.forEach(key -> part.put(key, state.get(key)));
        WireState wire = WireState.of(part);
        open.send(wire.message(method), null, wire.buffers());
    }

    final synchronized void sendAll() {
        send("update", new ArrayList<>(state.keySet()));
    }

    final synchronized WireState wireState() {
        return WireState.of(state);
    }

    /** Brings the widget and what it holds to the front end; the id of its model there, null where there is no front end. */
    final synchronized @Nullable String open() {
        if (comm == null) {
            comm = FrontEnd.open(this);
        }
        WidgetComm open = comm;
        return open == null ? null : open.getID();
    }

    final synchronized void closed(WidgetComm closed) {
        if (comm == closed) {
            comm = null;
        }
    }

    /** Takes the widget from the front end; it comes back when it is shown again. */
    public final void close() {
        WidgetComm open;
        synchronized (this) {
            open = comm;
        }
        if (open != null) {
            open.close();
        }
    }

    @Override
    public Map<String, Object> mimeBundle() {
        Map<String, Object> bundle = new LinkedHashMap<>();
        String model = open();
        if (model != null) {
            JsonObject view = new JsonObject();
            view.addProperty("version_major", 2);
            view.addProperty("version_minor", 0);
            view.addProperty("model_id", model);
            bundle.put(VIEW, view.toString());
        }
        bundle.put("text/plain", text());
        return bundle;
    }

    @Override
    public String toString() {
        return text();
    }
}
