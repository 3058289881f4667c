package org.rewardlab.kernel.session;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The way of comm messages to the front end. */
@FunctionalInterface
public interface CommSender {

    /**
     * Sends one message.
     *
     * @param type {@code comm_open}, {@code comm_msg} or {@code comm_close}
     * @param content its content
     * @param metadata its metadata, if any
     * @param buffers binary parts, none for most
     */
    void send(String type, JsonObject content, @Nullable Map<String, Object> metadata, List<byte[]> buffers);
}
