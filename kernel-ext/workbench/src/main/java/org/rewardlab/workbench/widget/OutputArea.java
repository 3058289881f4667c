package org.rewardlab.workbench.widget;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rewardlab.lab.display.Display;

/** A place among the widgets for what code prints and shows; it takes what a cell would. */
public final class OutputArea extends Seen {

    private static final long INTERVAL_NANOS = 100_000_000;
    private static final int MAX_TEXT = 100_000;

    private final List<JsonObject> outputs = new ArrayList<>();
    private final Map<String, JsonObject> displays = new HashMap<>();
    private boolean clearBeforeNext;
    private int depth;
    private long lastSent;

    OutputArea() {
        super(Module.OUTPUT, "Output", null);
        initially("msg_id", "");
        initially("outputs", List.of());
    }

    /** Does something, with what it prints and shows put here. */
    public void run(Runnable work) {
        Object unused = call(() -> {
            work.run();
            return true;
        });
    }

    /** The same for an action that is done later, such as that of a button. */
    public Runnable into(Runnable work) {
        Objects.requireNonNull(work, "work");
        return () -> run(work);
    }

    /** Shows something here. */
    public void show(Object content) {
        run(() -> Display.current().show(content));
    }

    /** Removes what is here. */
    public void clear() {
        clear(false);
    }

    <T> T call(Callable<T> work) {
        synchronized (this) {
            depth++;
        }
        try {
            return Capture.into(this, work);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            synchronized (this) {
                depth--;
            }
            send();
        }
    }

    synchronized void text(String stream, String text) {
        clearIfAsked();
        JsonObject last = outputs.isEmpty() ? new JsonObject() : outputs.get(outputs.size() - 1);
        if (last.has("name") && last.get("name").getAsString().equals(stream)) {
            last.addProperty("text", end(last.get("text").getAsString() + text));
        } else {
            JsonObject output = new JsonObject();
            output.addProperty("output_type", "stream");
            output.addProperty("name", stream);
            output.addProperty("text", end(text));
            outputs.add(output);
        }
        sendNowAndThen();
    }

    private static String end(String text) {
        return text.length() <= MAX_TEXT ? text : "[...]" + text.substring(text.length() - MAX_TEXT);
    }

    synchronized void display(JsonObject bundle, @Nullable String id) {
        clearIfAsked();
        JsonObject output = bundle.deepCopy();
        output.addProperty("output_type", "display_data");
        outputs.add(output);
        if (id != null) {
            displays.put(id, output);
        }
        sendNowAndThen();
    }

    synchronized boolean update(String id, JsonObject bundle) {
        JsonObject shown = displays.get(id);
        if (shown == null) {
            return false;
        }
        bundle.entrySet().forEach(entry -> shown.add(entry.getKey(), entry.getValue()));
        sendNowAndThen();
        return true;
    }

    /** The report on something that failed. */
    synchronized void failed(Throwable thrown) {
        text("stderr", String.join("\n", FrontEnd.report(thrown)) + "\n");
        send();
    }

    synchronized void clear(boolean wait) {
        clearBeforeNext = true;
        if (!wait) {
            clearIfAsked();
            sendNowAndThen();
        }
    }

    /** Ends a wait: where nothing came, there is nothing. */
    synchronized void clearLeft() {
        if (clearBeforeNext) {
            clear(false);
        }
    }

    private void clearIfAsked() {
        if (clearBeforeNext) {
            clearBeforeNext = false;
            outputs.clear();
            displays.clear();
        }
    }

    /** While work is going on, what is here is sent at most ten times a second; it is sent whole. */
    private void sendNowAndThen() {
        if (depth == 0 || System.nanoTime() - lastSent > INTERVAL_NANOS) {
            send();
        }
    }

    private synchronized void send() {
        lastSent = System.nanoTime();
        set("outputs", outputs.stream().map(JsonObject::deepCopy).toList());
    }

    @Override
    synchronized String text() {
        return outputs.stream().map(OutputArea::text).collect(Collectors.joining("\n"));
    }

    private static String text(JsonObject output) {
        JsonElement text = output.has("text")
                ? output.get("text")
                : output.has("data") ? output.getAsJsonObject("data").get("text/plain") : null;
        return text == null || !text.isJsonPrimitive() ? "" : text.getAsString().stripTrailing();
    }
}
