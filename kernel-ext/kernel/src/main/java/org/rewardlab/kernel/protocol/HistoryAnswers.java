package org.rewardlab.kernel.protocol;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import org.rewardlab.kernel.session.HistoryStore;
import org.rewardlab.kernel.session.HistoryStore.Entry;
import org.rewardlab.kernel.wire.WireMessage;

/** Serves {@code history_request}. */
final class HistoryAnswers {

    private HistoryAnswers() {}

    static void answer(Exchange exchange, HistoryStore history) {
        WireMessage request = exchange.request();
        List<Entry> found = switch (request.text("hist_access_type", "tail")) {
            case "range" ->
                history.range(
                        request.number("session", 0),
                        request.number("start", 0),
                        request.number("stop", Integer.MAX_VALUE));
            case "search" ->
                history.search(
                        request.text("pattern", "*"),
                        request.number("n", Integer.MAX_VALUE),
                        request.flag("unique", false));
            default -> history.tail(request.number("n", 10));
        };
        JsonArray entries = new JsonArray();
        found.forEach(entry -> entries.add(json(entry, request.flag("output", false))));
        JsonObject content = new JsonObject();
        content.add("history", entries);
        exchange.reply("history_reply", content);
    }

    private static JsonArray json(Entry entry, boolean withOutput) {
        JsonArray json = new JsonArray();
        json.add(entry.session());
        json.add(entry.line());
        if (withOutput) {
            JsonArray both = new JsonArray();
            both.add(entry.source());
            both.add(entry.output());
            json.add(both);
        } else {
            json.add(entry.source());
        }
        return json;
    }
}
