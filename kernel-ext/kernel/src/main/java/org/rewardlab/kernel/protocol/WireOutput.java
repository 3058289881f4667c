package org.rewardlab.kernel.protocol;

import com.google.gson.JsonObject;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.eval.ErrorReport;
import org.rewardlab.kernel.output.CellOutput;
import org.rewardlab.kernel.output.DisplayJson;
import org.rewardlab.kernel.output.StreamName;

/** The output of a cell as messages to all clients, and its input as questions to the client that sent it. */
final class WireOutput implements CellOutput {

    private final Exchange exchange;
    private final @Nullable UserInput input;

    /**
     * The output of the cell that the request asked for.
     *
     * @param input where the user's input comes from; null where the client allows none
     */
    WireOutput(Exchange exchange, @Nullable UserInput input) {
        this.exchange = exchange;
        this.input = input;
    }

    /** The request, to which later messages of the cell still belong. */
    Exchange exchange() {
        return exchange;
    }

    @Override
    public void stream(StreamName name, String text) {
        JsonObject content = new JsonObject();
        content.addProperty("name", name.toString());
        content.addProperty("text", text);
        exchange.publish("stream", content);
    }

    @Override
    public void display(DisplayData data, @Nullable String id) {
        exchange.publish("display_data", bundle(data, id));
    }

    @Override
    public void updateDisplay(String id, DisplayData data) {
        exchange.publish("update_display_data", bundle(data, id));
    }

    private static JsonObject bundle(DisplayData data, @Nullable String id) {
        JsonObject content = DisplayJson.of(data);
        JsonObject fleeting = Json.object(content, "transient");
        if (id != null) {
            fleeting.addProperty("display_id", id);
        }
        content.add("transient", fleeting);
        return content;
    }

    @Override
    public void clearOutput(boolean wait) {
        JsonObject content = new JsonObject();
        content.addProperty("wait", wait);
        exchange.publish("clear_output", content);
    }

    @Override
    public void result(int count, DisplayData data) {
        JsonObject content = bundle(data, data.getDisplayId());
        content.addProperty("execution_count", count);
        exchange.publish("execute_result", content);
    }

    @Override
    public void error(String ename, String evalue, List<String> traceback) {
        exchange.publish("error", Exchange.error(new ErrorReport(ename, evalue, traceback)));
    }

    @Override
    public @Nullable String input(String prompt, boolean password) {
        return input == null ? null : input.ask(exchange, prompt, password);
    }
}
