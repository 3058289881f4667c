package org.rewardlab.workbench.widget;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.comm.CommOpenCommand;
import org.jspecify.annotations.Nullable;

/** The front end of this process, if there is one: where widgets open their comms. */
public final class FrontEnd {

    /** The name under which widgets' comms are known to every Jupyter front end. */
    static final String TARGET = "jupyter.widget";

    private static final String PROTOCOL = "2.1.0";

    private static volatile @Nullable BaseKernel kernel;

    private FrontEnd() {}

    /** From here on widgets are those of this kernel's front end; null where there is none. */
    public static void connect(@Nullable BaseKernel host) {
        kernel = host;
        if (host != null) {
            host.getCommManager().registerTarget(StatesComm.TARGET, (manager, id, target, message) -> {
                return new StatesComm(manager, id, target);
            });
        }
    }

    /** Opens a comm for a widget with all its state; null where there is no front end. */
    static @Nullable WidgetComm open(Widget widget) {
        BaseKernel host = kernel;
        if (host == null) {
            return null;
        }
        CommManager manager = host.getCommManager();
        WireState wire = widget.wireState();
        boolean[] sentBuffers = {true};
        WidgetComm comm = manager.openComm(TARGET, (comms, id, target, message) -> {
            sentBuffers[0] = fill(message, wire);
            return new WidgetComm(comms, id, target, widget);
        });
        if (comm != null && !sentBuffers[0]) {
            comm.send(wire.message("update"), null, wire.buffers());
        }
        return comm;
    }

    /** Puts the state into the message that opens a comm; false where its binary parts have to follow. */
    private static boolean fill(Message<CommOpenCommand> message, WireState wire) {
        Map<String, Object> metadata = message.getMetadata();
        if (metadata != null) {
            metadata.put("version", PROTOCOL);
        }
        JsonObject data = message.getContent().getData();
        data.add("state", wire.state());
        List<byte[]> blobs = message.getBlobs();
        boolean room = blobs != null || wire.buffers().isEmpty();
        if (blobs != null) {
            blobs.addAll(wire.buffers());
        }
        data.add("buffer_paths", room ? wire.paths() : new JsonArray());
        return room;
    }

    /** The report on a failure, as the kernel shows it in a cell. */
    static List<String> report(Throwable thrown) {
        BaseKernel host = kernel;
        return host == null ? List.of(String.valueOf(thrown)) : host.formatError(thrown);
    }
}
