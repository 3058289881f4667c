package org.rewardlab.kernel.output;

import java.util.List;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.jspecify.annotations.Nullable;

/**
 * Where the outputs of one cell go: a client on the other end of a socket, or a notebook being written. Calls come from
 * the cell's thread, from threads that the cell started, and from the timer that flushes text; an implementation is safe
 * for concurrent use. Calls after the end of the cell are outputs of threads that outlive it.
 */
public interface CellOutput {

    /** Text printed on one of the two streams; may end inside a line, never inside a character. */
    void stream(StreamName name, String text);

    /** A display, with the id under which it can be updated, if it has one. */
    void display(DisplayData data, @Nullable String id);

    /** Replaces the content of every earlier display of that id. */
    void updateDisplay(String id, DisplayData data);

    /** Removes the outputs so far; with {@code wait}, only when the next output arrives. */
    void clearOutput(boolean wait);

    /** The value of the cell's last expression. */
    void result(int count, DisplayData data);

    /** The failure of the cell: the exception's name, its message and a readable report with ANSI colours. */
    void error(String ename, String evalue, List<String> traceback);

    /** Asks the user for a line; null means end of file, which is what an output without a user answers. */
    default @Nullable String input(String prompt, boolean password) {
        return null;
    }
}
