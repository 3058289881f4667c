package org.rewardlab.kernel.protocol;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.assist.Completeness;
import org.rewardlab.kernel.assist.Completion;
import org.rewardlab.kernel.assist.Completions;
import org.rewardlab.kernel.output.DisplayJson;
import org.rewardlab.kernel.session.Session;
import org.rewardlab.kernel.wire.WireMessage;

/** Serves requests for completion, inspection and completeness; positions on the wire count code points. */
final class Assistance {

    private static final long STALE_MILLIS = 2_000;

    private final Session session;
    private final ShellQueue queue;

    Assistance(Session session, ShellQueue queue) {
        this.session = session;
        this.queue = queue;
    }

    void complete(Exchange exchange) {
        WireMessage request = exchange.request();
        String code = request.text("code", "");
        int cursor = position(request, code);
        boolean stale = exchange.millisWaited() > STALE_MILLIS && queue.hasWaiting("complete_request");
        Completions found = stale
                ? new Completions(List.of(), cursor, cursor)
                : session.assistant().complete(code, cursor);
        JsonArray matches = new JsonArray();
        JsonArray types = new JsonArray();
        int start = code.codePointCount(0, found.start());
        int end = code.codePointCount(0, found.end());
        for (Completion each : found.matches()) {
            matches.add(each.text());
            JsonObject type = new JsonObject();
            type.addProperty("text", each.text());
            type.addProperty("type", each.kind());
            type.addProperty("signature", each.signature());
            type.addProperty("start", start);
            type.addProperty("end", end);
            types.add(type);
        }
        JsonObject metadata = new JsonObject();
        metadata.add("_jupyter_types_experimental", types);
        JsonObject content = new JsonObject();
        content.add("matches", matches);
        content.addProperty("cursor_start", start);
        content.addProperty("cursor_end", end);
        content.add("metadata", metadata);
        exchange.reply("complete_reply", content);
    }

    void inspect(Exchange exchange) {
        WireMessage request = exchange.request();
        String code = request.text("code", "");
        DisplayData found =
                session.assistant().inspect(code, position(request, code), request.number("detail_level", 0) > 0);
        JsonObject content = bundle(found);
        content.addProperty("found", found != null);
        exchange.reply("inspect_reply", content);
    }

    private static JsonObject bundle(@Nullable DisplayData data) {
        JsonObject bundle = DisplayJson.of(data == null ? new DisplayData() : data);
        bundle.remove("transient");
        return bundle;
    }

    void isComplete(Exchange exchange) {
        Completeness answer =
                session.assistant().completeness(exchange.request().text("code", ""));
        JsonObject content = new JsonObject();
        content.addProperty("status", answer.status());
        if (answer.status().equals("incomplete")) {
            content.addProperty("indent", answer.indent());
        }
        exchange.reply("is_complete_reply", content);
    }

    /** The cursor in UTF-16 units, in which Java counts. */
    private static int position(WireMessage request, String code) {
        int codePoints = code.codePointCount(0, code.length());
        int cursor = Math.max(0, Math.min(request.number("cursor_pos", codePoints), codePoints));
        return code.offsetByCodePoints(0, cursor);
    }
}
