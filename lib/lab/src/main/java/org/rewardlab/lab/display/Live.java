package org.rewardlab.lab.display;

import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something drawn again and again while it changes, such as a chart of a training run: at most once a second, and so
 * seldom that drawing takes at most half of the time. {@link #close} draws it a last time; that state stays.
 */
public final class Live implements AutoCloseable {
    private static final long SECOND = 1_000_000_000L;

    private final Supplier<?> content;
    private final Display display;
    private final LongSupplier clock;
    private @Nullable Shown shown;
    private long next;
    private boolean closed;

    Live(Supplier<?> content, Display display, LongSupplier clock) {
        this.content = content;
        this.display = display;
        this.clock = clock;
        this.next = clock.getAsLong();
    }

    /**
     * Starts with nothing on display; the first {@link #refresh} draws.
     *
     * @param content gives what to show at the moment it is asked
     */
    public static Live of(Supplier<?> content) {
        return new Live(content, Display.current(), System::nanoTime);
    }

    /** Draws, if it is time to; call it as often as you like. */
    public synchronized void refresh() {
        if (!closed && display.showsPictures() && clock.getAsLong() - next >= 0) {
            draw();
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            draw();
        }
    }

    private void draw() {
        long start = clock.getAsLong();
        Object now = content.get();
        Shown place = shown;
        if (place == null) {
            shown = display.show(now);
        } else {
            place.update(now);
        }
        long end = clock.getAsLong();
        next = Math.max(start + SECOND, end + (end - start));
    }
}
