package org.rewardlab.kernel.protocol;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.output.CapturedOutput;
import org.rewardlab.kernel.output.LiveOutput;
import org.rewardlab.kernel.output.SystemStreams;
import org.rewardlab.kernel.session.CommSender;
import org.rewardlab.kernel.wire.Connection;

/** Sends comm messages in the name of the cell on whose behalf the thread runs. */
record WireComms(Connection connection) implements CommSender {

    @Override
    public void send(String type, JsonObject content, @Nullable Map<String, Object> metadata, List<byte[]> buffers) {
        LiveOutput output = SystemStreams.output();
        JsonObject parent = new JsonObject();
        if (output != null) {
            output.flush();
            if (CapturedOutput.bottom(output) instanceof WireOutput wire) {
                parent = wire.exchange().request().header();
            }
        }
        JsonObject facts = metadata == null
                ? new JsonObject()
                : new Gson().toJsonTree(metadata).getAsJsonObject();
        Exchange.publish(connection, parent, type, content, facts, buffers);
    }
}
