package org.rewardlab.lab.display;

import java.time.Duration;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Where the lab shows things. A notebook kernel installs its own with {@link #install} or offers one through
 * {@link ServiceLoader}; without either it is a terminal. Content is a {@link Displayable}, or anything that prints itself.
 * Implementations may be called from any thread.
 */
public interface Display {
    /** Shows content at once and returns the handle that replaces it. */
    Shown show(Object content);

    /** How often progress is worth an update here. */
    default Duration progressInterval() {
        return Duration.ofMillis(200);
    }

    /** Whether a live chart is worth drawing: false where a picture can't be shown. */
    default boolean showsPictures() {
        return true;
    }

    /** The display in use. */
    static Display current() {
        return Installed.current();
    }

    /**
     * Makes a display the one in use.
     *
     * @return the one before, to be installed again when this one ends
     */
    static Display install(Display display) {
        return Installed.replace(display);
    }

    /**
     * Does something during which what this thread shows is not shown: work of which only the whole is of interest.
     *
     * @return what the action returns
     */
    static <T> T quietly(Callable<T> action) throws Exception {
        boolean before = Installed.QUIET.get();
        Installed.QUIET.set(true);
        try {
            return action.call();
        } finally {
            Installed.QUIET.set(before);
        }
    }

    /** The one display of this Java process: terminals and notebooks have one place to show things too. */
    final class Installed {
        private static final AtomicReference<@Nullable Display> CURRENT = new AtomicReference<>();

        private static final ThreadLocal<Boolean> QUIET = ThreadLocal.withInitial(() -> false);
        private static final Display NOWHERE = new Display() {
            @Override
            public Shown show(Object content) {
                return next -> {};
            }

            @Override
            public boolean showsPictures() {
                return false;
            }
        };

        private Installed() {}

        private static Display current() {
            return QUIET.get() ? NOWHERE : installed();
        }

        private static Display installed() {
            Display display = CURRENT.get();
            if (display == null) {
                CURRENT.compareAndSet(null, found());
                display = CURRENT.get();
            }
            return display == null ? found() : display;
        }

        private static Display replace(Display display) {
            Display before = installed();
            CURRENT.set(display);
            return before;
        }

        private static Display found() {
            return ServiceLoader.load(Display.class).findFirst().orElseGet(TerminalDisplay::ofThisProcess);
        }
    }
}
