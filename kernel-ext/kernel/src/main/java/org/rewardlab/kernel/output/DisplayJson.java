package org.rewardlab.kernel.output;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.Base64;
import java.util.Map;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/** A display as JSON: its data by MIME type, its metadata and what is only for the moment, such as its id. */
public final class DisplayJson {

    private static final Gson GSON = new GsonBuilder()
            .disableHtmlEscaping()
            .serializeSpecialFloatingPointValues()
            .registerTypeHierarchyAdapter(CharSequence.class, (com.google.gson.JsonSerializer<CharSequence>)
                    (text, type, context) -> new JsonPrimitive(text.toString()))
            .registerTypeAdapter(byte[].class, (com.google.gson.JsonSerializer<byte[]>) (bytes, type, context) ->
                    new JsonPrimitive(Base64.getEncoder().encodeToString(bytes)))
            .create();

    private DisplayJson() {}

    /** An object with {@code data}, {@code metadata} and, where there is any, {@code transient}. */
    public static JsonObject of(DisplayData display) {
        JsonObject bundle =
                GSON.toJsonTree(new DisplayData(display), DisplayData.class).getAsJsonObject();
        JsonObject data = bundle.has("data") ? bundle.getAsJsonObject("data") : new JsonObject();
        for (Map.Entry<String, JsonElement> entry : data.entrySet()) {
            entry.setValue(value(entry.getKey(), entry.getValue()));
        }
        bundle.add("data", data);
        if (!bundle.has("metadata")) {
            bundle.add("metadata", new JsonObject());
        }
        return bundle;
    }

    /** JSON that was given as text becomes JSON; line breaks leave base64. */
    private static JsonElement value(String type, JsonElement value) {
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isString()) {
            return value;
        }
        String text = value.getAsString();
        if (type.equals("application/json") || type.endsWith("+json")) {
            try {
                return JsonParser.parseString(text);
            } catch (JsonParseException e) {
                return value;
            }
        }
        boolean binary = type.startsWith("image/") && !type.startsWith("image/svg");
        return binary ? new JsonPrimitive(text.replaceAll("\\s", "")) : value;
    }
}
