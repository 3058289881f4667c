package org.rewardlab.kernel.session;

import java.io.PrintStream;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.output.StreamName;
import org.rewardlab.kernel.output.SystemStreams;

/** An output on the streams of the process, for what runs before there is a cell. */
public final class ProcessOutput extends BareOutput {

    @Override
    public void stream(StreamName name, String text) {
        PrintStream stream = name == StreamName.STDOUT ? SystemStreams.processOut() : SystemStreams.processErr();
        stream.print(text);
        stream.flush();
    }

    @Override
    public void display(DisplayData data, @Nullable String id) {
        stream(StreamName.STDOUT, data.getData(MIMEType.TEXT_PLAIN) + "\n");
    }

    @Override
    public void updateDisplay(String id, DisplayData data) {
        display(data, id);
    }
}
