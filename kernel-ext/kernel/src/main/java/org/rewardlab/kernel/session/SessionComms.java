package org.rewardlab.kernel.session;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.dflib.jjava.jupyter.kernel.comm.Comm;
import org.dflib.jjava.jupyter.kernel.comm.CommFactory;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.dflib.jjava.jupyter.messages.comm.CommCloseCommand;
import org.dflib.jjava.jupyter.messages.comm.CommMsgCommand;
import org.dflib.jjava.jupyter.messages.comm.CommOpenCommand;
import org.jspecify.annotations.Nullable;

/** JJava's comms over whatever channel the session has; without one, comms cannot be opened. */
public final class SessionComms extends CommManager {

    private volatile @Nullable CommSender sender;

    SessionComms() {
        targets = new ConcurrentHashMap<>();
        comms = new ConcurrentHashMap<>();
    }

    /** Connects the comms to a front end, or with null to none. */
    public void sender(@Nullable CommSender channel) {
        sender = channel;
    }

    /** Whether there is a front end to talk to. */
    public boolean isConnected() {
        return sender != null;
    }

    /** All open comms. */
    public List<Comm> open() {
        return new ArrayList<>(comms.values());
    }

    @Override
    @SuppressWarnings("NullAway") // JJava's contract: null where there is no front end
    public <T extends Comm> T openComm(String targetName, CommFactory<T> factory) {
        CommSender channel = sender;
        if (channel == null) {
            return null;
        }
        String id = UUID.randomUUID().toString();
        CommOpenCommand content = new CommOpenCommand(id, targetName, new JsonObject());
        Message<CommOpenCommand> message =
                new Message<>(null, CommOpenCommand.MESSAGE_TYPE, content, new ArrayList<>(), new LinkedHashMap<>());
        T comm = factory.produce(this, id, targetName, message);
        JsonObject body = new JsonObject();
        body.addProperty("comm_id", id);
        body.addProperty("target_name", targetName);
        body.add("data", message.getContent().getData());
        registerComm(comm);
        channel.send("comm_open", body, message.getMetadata(), buffers(message.getBlobs()));
        return comm;
    }

    @Override
    public void messageComm(
            String commId, JsonObject data, @Nullable Map<String, Object> metadata, @Nullable List<byte[]> blobs) {
        CommSender channel = sender;
        if (channel != null) {
            JsonObject body = new JsonObject();
            body.addProperty("comm_id", commId);
            body.add("data", data);
            channel.send("comm_msg", body, metadata, buffers(blobs));
        }
    }

    @Override
    public void closeComm(Comm comm) {
        CommSender channel = sender;
        if (channel != null) {
            JsonObject body = new JsonObject();
            body.addProperty("comm_id", comm.getID());
            body.add("data", new JsonObject());
            channel.send("comm_close", body, null, List.of());
        }
        Comm removed = unregisterComm(comm.getID());
        if (removed != null) {
            CommClosing.tell(
                    removed,
                    new Message<>(
                            null, CommCloseCommand.MESSAGE_TYPE, new CommCloseCommand(comm.getID(), new JsonObject())));
        }
    }

    /** A front end opened a comm; its target must be registered. */
    public void opened(String id, String target, JsonObject data, JsonObject metadata, List<byte[]> buffers) {
        CommOpenCommand content = new CommOpenCommand(id, target, data);
        handleCommOpenCommand(new OutputBridge(), message(CommOpenCommand.MESSAGE_TYPE, content, metadata, buffers));
    }

    /** A front end sent a message to a comm. */
    public void received(String id, JsonObject data, JsonObject metadata, List<byte[]> buffers) {
        CommMsgCommand content = new CommMsgCommand(id, data);
        handleCommMsgCommand(new OutputBridge(), message(CommMsgCommand.MESSAGE_TYPE, content, metadata, buffers));
    }

    /** A front end closed a comm. */
    public void closed(String id, JsonObject data) {
        CommCloseCommand content = new CommCloseCommand(id, data);
        handleCommCloseCommand(
                new OutputBridge(), message(CommCloseCommand.MESSAGE_TYPE, content, new JsonObject(), List.of()));
    }

    private static <T> Message<T> message(MessageType<T> type, T content, JsonObject metadata, List<byte[]> buffers) {
        Map<String, Object> facts = new LinkedHashMap<>();
        metadata.entrySet().forEach(entry -> facts.put(entry.getKey(), entry.getValue()));
        return new Message<>(null, type, content, buffers, facts);
    }

    private static List<byte[]> buffers(@Nullable List<byte[]> blobs) {
        return blobs == null ? List.of() : blobs;
    }
}
