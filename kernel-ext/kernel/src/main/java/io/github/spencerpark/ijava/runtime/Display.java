package io.github.spencerpark.ijava.runtime;

import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.rewardlab.kernel.session.Notebook;

/** IJava's functions for displays, under their old name. */
public final class Display {

    private Display() {}

    /** Shows a value and returns the id of its display. */
    public static String display(Object value) {
        return Notebook.display(value);
    }

    /** Shows a value as the given MIME types. */
    public static String display(Object value, String... types) {
        return Notebook.display(value, types);
    }

    /** The value as a notebook shows it. */
    public static DisplayData render(Object value) {
        return Notebook.render(value);
    }

    /** The value as the given MIME types. */
    public static DisplayData render(Object value, String... types) {
        return Notebook.render(value, types);
    }

    /** Replaces what was shown under that id. */
    public static void updateDisplay(String id, Object value) {
        Notebook.updateDisplay(id, value);
    }

    /** Replaces what was shown under that id, as the given MIME types. */
    public static void updateDisplay(String id, Object value, String... types) {
        Notebook.updateDisplay(id, value, types);
    }
}
