package org.rewardlab.lab.experiment;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How large an experiment runs: {@code smoke} shows within seconds that it runs at all and judges nothing,
 * {@code laptop} bears the claim on a few cores, {@code gpu} repeats it larger. Taken from {@code REWARDLAB_SCALE}; the
 * system property {@code rewardlab.scale} stands before the variable. The default is {@code laptop}.
 */
public enum Scale {
    SMOKE,
    LAPTOP,
    GPU;

    /**
     * The scale that is set.
     *
     * @throws IllegalArgumentException when it is none of smoke, laptop, gpu
     */
    public static Scale current() {
        @Nullable String text = Setting.SCALE.text();
        if (text == null) {
            return LAPTOP;
        }
        return Arrays.stream(values())
                .filter(scale -> scale.toString().equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(Setting.SCALE.name() + ": expected one of "
                        + Arrays.stream(values()).map(Scale::toString).collect(Collectors.joining(", ")) + ", got \""
                        + text + "\""));
    }

    /** The value for the current scale. */
    public static <T> T pick(T smoke, T laptop, T gpu) {
        return switch (current()) {
            case SMOKE -> smoke;
            case LAPTOP -> laptop;
            case GPU -> gpu;
        };
    }

    /** The number for the current scale. */
    public static int pick(int smoke, int laptop, int gpu) {
        return switch (current()) {
            case SMOKE -> smoke;
            case LAPTOP -> laptop;
            case GPU -> gpu;
        };
    }

    /**
     * The updates 1 to n, n being the number for the current scale, to loop over. The loop ends with
     * {@link InterruptedRun} between two updates when its thread is interrupted.
     */
    public static Iterable<Integer> updates(int smoke, int laptop, int gpu) {
        int count = pick(smoke, laptop, gpu);
        return () -> IntStream.rangeClosed(1, count)
                .peek(update -> InterruptedRun.check())
                .iterator();
    }

    /** Whether claims are judged and figures kept at this scale. */
    public boolean judges() {
        return this != SMOKE;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
