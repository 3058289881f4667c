package org.rewardlab.kernel.session;

import java.util.UUID;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.dflib.jjava.jupyter.messages.ContentType;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.publish.PublishClearOutput;
import org.dflib.jjava.jupyter.messages.publish.PublishDisplayData;
import org.dflib.jjava.jupyter.messages.publish.PublishStream;
import org.dflib.jjava.jupyter.messages.publish.PublishUpdateDisplayData;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.output.CellOutput;
import org.rewardlab.kernel.output.StreamName;
import org.rewardlab.kernel.output.SystemStreams;

/** Leads what JJava's {@code BaseKernel} and its displays publish to the output of the cell that publishes it. */
@SuppressWarnings("NullAway") // JJava's reply environment is built around sockets, which there are none of here
final class OutputBridge extends ShellReplyEnvironment {

    OutputBridge() {
        super(null, null, null, null);
    }

    @Override
    public <T extends ContentType<T>> void publish(T content) {
        CellOutput output = SystemStreams.output();
        if (output == null) {
            return;
        }
        if (content instanceof DisplayData data && !data.hasDataForType(MIMEType.TEXT_PLAIN)) {
            data.putText(NotebookRenderer.textOf(data));
        }
        if (content instanceof PublishUpdateDisplayData update) {
            output.updateDisplay(String.valueOf(update.getDisplayId()), update);
        } else if (content instanceof PublishDisplayData display) {
            output.display(display, display.getDisplayId());
        } else if (content instanceof PublishClearOutput clear) {
            output.clearOutput(clear.shouldWait());
        } else if (content instanceof PublishStream stream) {
            boolean error = stream.getStreamType() == PublishStream.StreamType.ERR;
            output.stream(error ? StreamName.STDERR : StreamName.STDOUT, stream.getText());
        }
    }

    @Override
    public void publish(Message<?> message) {
        throw new UnsupportedOperationException("publish contents, not messages: the session sends no "
                + message.getHeader().getType());
    }

    @Override
    public void reply(Message<?> message) {
        throw new UnsupportedOperationException("a session replies to nothing by itself, got "
                + message.getHeader().getType());
    }

    @Override
    public @Nullable String readFromStdIn(String prompt, boolean password) {
        CellOutput output = SystemStreams.output();
        return output == null ? null : output.input(prompt, password);
    }

    /** JJava's collection of streams, connected to the cells of this process. */
    static final class Io extends JupyterIO {

        Io() {
            super(java.nio.charset.StandardCharsets.UTF_8);
            setEnv(new OutputBridge());
            setJupyterInEnabled(true);
        }
    }

    /** A fresh id for a display. */
    static String newId() {
        return UUID.randomUUID().toString();
    }
}
