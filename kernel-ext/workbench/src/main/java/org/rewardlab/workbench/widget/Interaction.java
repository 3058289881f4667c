package org.rewardlab.workbench.widget;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rewardlab.lab.display.Display;
import org.rewardlab.lab.display.Shown;

/**
 * Controls above what a function makes of their values. The result is an ordinary output of the cell, replaced in place, so
 * that a saved notebook shows it; what the function prints stands between the two.
 */
final class Interaction {

    private final OutputArea printed = new OutputArea();
    private final Supplier<? extends @Nullable Object> function;
    private final Shown shown;
    private boolean drawing;
    private boolean again;

    private Interaction(List<? extends Control<?>> controls, Supplier<? extends @Nullable Object> function) {
        this.function = function;
        Object first = printed.call(() -> content(function.get()));
        List<Widget> parts = new ArrayList<>(controls);
        parts.add(printed);
        Display.current().show(Box.column(parts));
        shown = Display.current().show(first);
    }

    /** Shows both, and calls the function again whenever a control changes. Where the first call fails, nothing is shown. */
    static void start(List<? extends Control<?>> controls, Supplier<? extends @Nullable Object> function) {
        Interaction interaction = new Interaction(controls, function);
        controls.forEach(control -> control.observe(value -> interaction.changed()));
    }

    private static Object content(@Nullable Object result) {
        return result == null ? "" : result;
    }

    /** A function that moves a control itself is called once more afterwards, not within itself. */
    private void changed() {
        synchronized (this) {
            if (drawing) {
                again = true;
                return;
            }
            drawing = true;
        }
        do {
            draw();
        } while (once());
    }

    private synchronized boolean once() {
        drawing = again;
        again = false;
        return drawing;
    }

    private void draw() {
        boolean done = false;
        try {
            printed.clear(true);
            Object result = printed.call(() -> content(function.get()));
            printed.clearLeft();
            shown.update(result);
            done = true;
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            printed.failed(e);
            done = true;
        } finally {
            if (!done) {
                synchronized (this) {
                    drawing = false;
                    again = false;
                }
            }
        }
    }
}
