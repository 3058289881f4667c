package org.rewardlab.kernel.output;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Standard input of cells: asks the front end for a line when the last one is used up. */
final class CellInput extends InputStream {

    private byte[] line = new byte[0];
    private int next;

    @Override
    public synchronized int read() throws IOException {
        return fill() ? line[next++] & 0xff : -1;
    }

    @Override
    public synchronized int read(byte[] into, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, line.length - next);
        System.arraycopy(line, next, into, from, count);
        next += count;
        return count;
    }

    @Override
    public synchronized int available() {
        return line.length - next;
    }

    private boolean fill() throws IOException {
        if (next < line.length) {
            return true;
        }
        CellContext owner = SystemStreams.owner();
        if (owner == null) {
            int b = SystemStreams.processIn().read();
            line = b < 0 ? new byte[0] : new byte[] {(byte) b};
        } else {
            System.out.flush();
            String text = owner.output().input("", false);
            line = text == null ? new byte[0] : (text + "\n").getBytes(StandardCharsets.UTF_8);
        }
        next = 0;
        return line.length > 0;
    }
}
