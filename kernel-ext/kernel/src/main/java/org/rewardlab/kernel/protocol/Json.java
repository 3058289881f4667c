package org.rewardlab.kernel.protocol;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Small pieces of JSON. */
final class Json {

    private Json() {}

    static JsonArray array(Collection<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }

    /** The text fields of an object within an object. */
    static Map<String, String> texts(JsonObject json, String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        JsonElement inner = json.get(name);
        if (inner instanceof JsonObject fields) {
            fields.entrySet().stream()
                    .filter(e -> e.getValue().isJsonPrimitive())
                    .forEach(e -> texts.put(e.getKey(), e.getValue().getAsString()));
        }
        return texts;
    }

    static JsonObject object(JsonObject json, String name) {
        return json.get(name) instanceof JsonObject inner ? inner : new JsonObject();
    }
}
