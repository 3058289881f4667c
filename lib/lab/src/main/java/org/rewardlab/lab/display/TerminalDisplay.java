package org.rewardlab.lab.display;

import java.io.Console;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Shows text on a stream. On a terminal, progress is drawn in place, nested bars below one another; elsewhere it is a plain
 * line every ten seconds, and whatever ends sooner is not mentioned. {@code REWARDLAB_DISPLAY} or the system property
 * {@code rewardlab.display}, one of terminal, plain, silent, overrides what is found.
 */
public final class TerminalDisplay implements Display {
    /** How much a stream can show. */
    public enum Mode {
        TERMINAL,
        PLAIN,
        SILENT
    }

    private static final Duration HEADLESS_INTERVAL = Duration.ofSeconds(10);

    private final PrintStream out;
    private final Mode mode;
    private final List<Bar> bars = new ArrayList<>();
    private int drawn;

    /**
     * @param out where to write
     * @param mode what it can show
     */
    public TerminalDisplay(PrintStream out, Mode mode) {
        this.out = out;
        this.mode = mode;
    }

    static TerminalDisplay ofThisProcess() {
        return new TerminalDisplay(System.err, mode());
    }

    @Override
    public Duration progressInterval() {
        return mode == Mode.TERMINAL ? Display.super.progressInterval() : HEADLESS_INTERVAL;
    }

    @Override
    public boolean showsPictures() {
        return false;
    }

    @Override
    public synchronized Shown show(Object content) {
        if (content instanceof ProgressState state) {
            Bar bar = new Bar(state);
            if (mode == Mode.TERMINAL) {
                bars.add(bar);
                redraw();
            }
            return bar;
        }
        print(content);
        return this::print;
    }

    private synchronized void print(Object content) {
        if (mode == Mode.SILENT) {
            return;
        }
        clear();
        out.println(content instanceof Displayable shown ? shown.mimeBundle().get("text/plain") : content);
        redraw();
    }

    /** Takes the bars off the screen: the cursor goes up to the first and all below is erased. */
    private void clear() {
        if (drawn > 0) {
            out.print("\u001b[" + drawn + "F\u001b[J");
            drawn = 0;
        }
    }

    private void redraw() {
        if (mode != Mode.TERMINAL) {
            return;
        }
        clear();
        for (Bar bar : bars) {
            out.println(bar.state.line(true));
            drawn++;
        }
        out.flush();
    }

    private synchronized void advance(Bar bar, ProgressState state) {
        bar.state = state;
        if (mode == Mode.SILENT) {
            return;
        }
        if (mode == Mode.PLAIN) {
            boolean firstOfAShortOne = state.ended() && !bar.mentioned;
            if (!firstOfAShortOne && state.elapsed().compareTo(HEADLESS_INTERVAL) >= 0) {
                bar.mentioned = true;
                out.println(state.line(false));
            }
            return;
        }
        if (state.ended() && bars.remove(bar)) {
            clear();
            if (state.depth() == 0) {
                out.println(state.line(true));
            }
        }
        redraw();
    }

    private static Mode mode() {
        String property = System.getProperty("rewardlab.display");
        String text = property != null ? property : System.getenv("REWARDLAB_DISPLAY");
        if (text != null && !text.isBlank()) {
            try {
                return Mode.valueOf(text.strip().toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "REWARDLAB_DISPLAY: expected one of terminal, plain, silent, got \"" + text + "\"", e);
            }
        }
        return isTerminal() ? Mode.TERMINAL : Mode.PLAIN;
    }

    /** From Java 22 on a console may be no terminal and says so itself; the method is absent before. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        Console console = System.console();
        String term = System.getenv("TERM");
        if (console == null || term == null || "dumb".equals(term)) {
            return false;
        }
        try {
            Method isTerminal = Console.class.getMethod("isTerminal");
            return Boolean.TRUE.equals(isTerminal.invoke(console));
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    private final class Bar implements Shown {
        private ProgressState state;
        private boolean mentioned;

        Bar(ProgressState state) {
            this.state = state;
        }

        @Override
        public void update(Object content) {
            if (content instanceof ProgressState next) {
                advance(this, next);
            } else {
                print(content);
            }
        }
    }
}
