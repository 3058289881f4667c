package org.rewardlab.workbench.widget;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * State as it travels: JSON in which a widget is a reference to its model, and binary values apart from it with the paths to
 * where they belong.
 *
 * @param state what is JSON
 * @param paths for each buffer the keys that lead to its place
 * @param buffers the binary values
 */
record WireState(JsonObject state, JsonArray paths, List<byte[]> buffers) {

    private static final double ROUNDING = 1e-9;

    static WireState of(Map<String, ? extends @Nullable Object> state) {
        WireState wire = new WireState(new JsonObject(), new JsonArray(), new ArrayList<>());
        state.forEach((key, value) -> wire.put(key, value));
        return wire;
    }

    private void put(String key, @Nullable Object value) {
        if (value instanceof byte[] bytes) {
            JsonArray path = new JsonArray();
            path.add(key);
            paths.add(path);
            buffers.add(bytes.clone());
        } else {
            state.add(key, json(value));
        }
    }

    /** Whether JSON says this value; a number that differs by rounding alone does, since a front end counts in steps. */
    static boolean says(JsonElement sent, @Nullable Object value) {
        if (value instanceof Number number && sent instanceof JsonPrimitive primitive && primitive.isNumber()) {
            double held = number.doubleValue();
            return Math.abs(held - primitive.getAsDouble()) <= ROUNDING * Math.max(1e-300, Math.abs(held));
        }
        return json(value).equals(sent);
    }

    static JsonElement json(@Nullable Object value) {
        if (value == null) {
            return JsonNull.INSTANCE;
        }
        if (value instanceof JsonElement json) {
            return json.deepCopy();
        }
        if (value instanceof Widget child) {
            return new JsonPrimitive("IPY_MODEL_" + child.open());
        }
        if (value instanceof Number number) {
            return new JsonPrimitive(number);
        }
        if (value instanceof Boolean flag) {
            return new JsonPrimitive(flag);
        }
        if (value instanceof List<?> list) {
            JsonArray array = new JsonArray();
            list.forEach(each -> array.add(json(each)));
            return array;
        }
        if (value instanceof Map<?, ?> map) {
            JsonObject object = new JsonObject();
            map.forEach((key, each) -> object.add(String.valueOf(key), json(each)));
            return object;
        }
        return new JsonPrimitive(value.toString());
    }

    /** The message that sets this state. */
    JsonObject message(String method) {
        JsonObject data = new JsonObject();
        data.addProperty("method", method);
        data.add("state", state);
        data.add("buffer_paths", paths);
        return data;
    }
}
