package org.rewardlab.kernel.protocol;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Map;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.eval.ErrorReport;
import org.rewardlab.kernel.output.CellOutput;
import org.rewardlab.kernel.output.DisplayJson;
import org.rewardlab.kernel.session.CellRequest;
import org.rewardlab.kernel.session.CellResult;
import org.rewardlab.kernel.session.HistoryStore;
import org.rewardlab.kernel.session.Session;
import org.rewardlab.kernel.wire.WireMessage;

/** Serves {@code execute_request}. */
final class Execution {

    private static final String REPLY = "execute_reply";

    private final Session session;
    private final UserInput input;
    private final ShellQueue queue;
    private final HistoryStore history;
    private int count;

    Execution(Session session, UserInput input, ShellQueue queue, HistoryStore history) {
        this.session = session;
        this.input = input;
        this.queue = queue;
        this.history = history;
    }

    /** The number of the last cell that was counted. */
    int count() {
        return count;
    }

    void execute(Exchange exchange) {
        WireMessage request = exchange.request();
        if (exchange.isAborted()) {
            JsonObject content = new JsonObject();
            content.addProperty("status", "aborted");
            content.addProperty("execution_count", count);
            exchange.reply(REPLY, content);
            return;
        }
        String code = request.text("code", "");
        boolean silent = request.flag("silent", false);
        boolean stored = !silent && request.flag("store_history", true);
        int number = count + 1;
        if (stored) {
            count = number;
        }
        if (!silent) {
            JsonObject echo = new JsonObject();
            echo.addProperty("code", code);
            echo.addProperty("execution_count", number);
            exchange.publish("execute_input", echo);
        }
        CellOutput output = new WireOutput(exchange, request.flag("allow_stdin", true) ? input : null);
        CellRequest cell = new CellRequest(code, number, silent, Json.texts(request.content(), "user_expressions"));
        CellResult result = session.execute(cell, output);
        if (stored && !code.isBlank()) {
            history.add(number, code, text(result.value()));
        }
        reply(exchange, result, count);
        if (!result.succeeded() && !silent && request.flag("stop_on_error", true)) {
            queue.abortCells();
        }
    }

    private static String text(@Nullable DisplayData value) {
        Object text = value == null ? null : value.getData(MIMEType.TEXT_PLAIN);
        return text == null ? "" : text.toString();
    }

    private static void reply(Exchange exchange, CellResult result, int number) {
        JsonObject content = new JsonObject();
        ErrorReport error = result.error();
        if (error != null) {
            content = Exchange.error(error);
            content.addProperty("status", "error");
        }
        content.addProperty("execution_count", number);
        content.add("user_expressions", expressions(result.expressions()));
        content.add("payload", new JsonArray());
        exchange.reply(REPLY, content);
    }

    private static JsonObject expressions(Map<String, CellResult> results) {
        JsonObject all = new JsonObject();
        results.forEach((name, result) -> all.add(name, expression(result)));
        return all;
    }

    private static JsonObject expression(CellResult result) {
        ErrorReport error = result.error();
        JsonObject each = error != null ? Exchange.error(error) : bundle(result.value());
        each.addProperty("status", error != null ? "error" : "ok");
        return each;
    }

    private static JsonObject bundle(@Nullable DisplayData value) {
        JsonObject bundle = DisplayJson.of(value == null ? new DisplayData() : value);
        bundle.remove("transient");
        return bundle;
    }
}
