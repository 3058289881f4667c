package org.rewardlab.workbench.magic;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rewardlab.lab.display.Displayable;
import org.rewardlab.lab.display.Html;
import org.rewardlab.lab.statistics.Bootstrap;
import org.rewardlab.lab.statistics.Interval;
import org.rewardlab.workbench.render.Durations;

/**
 * How long something takes: the mean with its interval over samples, each of as many runs as last some milliseconds, after a
 * warm-up. One process only: another start of Java may compile differently.
 *
 * @param mean nanoseconds a run, with a 95 % bootstrap interval over samples
 * @param median nanoseconds a run of the middle sample
 * @param fastest nanoseconds a run of the fastest sample
 * @param samples how many
 * @param runs in each sample
 * @param warmUp time before the first sample
 */
public record Timing(Interval mean, double median, double fastest, int samples, long runs, Duration warmUp)
        implements Displayable {

    /** What is timed; its value is kept alive. */
    @FunctionalInterface
    public interface Body {
        /** Runs once. */
        @Nullable
        Object run() throws Exception;
    }

    private static final long SAMPLE = 10_000_000L;
    private static final long WARM_UP = 1_000_000_000L;
    private static final long MEASURE = 2_000_000_000L;
    private static final int FEWEST = 5;
    private static final int MOST = 100;

    @SuppressWarnings("UnusedVariable") // writing it is what keeps a value from being optimized away
    private static volatile @Nullable Object sink;

    static Timing of(Body body) {
        return of(body, WARM_UP, MEASURE);
    }

    static Timing of(Body body, long warmUp, long measure) {
        long start = System.nanoTime();
        double once = sample(body, 1);
        long runs = 1;
        while (System.nanoTime() - start < warmUp) {
            runs = (long) Math.max(1, Math.min(runs * 4.0, SAMPLE / Math.max(1, once)));
            once = Math.min(once, sample(body, runs) / (double) runs);
        }
        runs = (long) Math.max(1, SAMPLE / Math.max(1, once));
        long begin = System.nanoTime();
        double[] each = new double[MOST];
        int count = 0;
        while (count < MOST && (count < FEWEST || System.nanoTime() - begin < measure)) {
            each[count++] = sample(body, runs) / (double) runs;
            if (Thread.currentThread().isInterrupted() && count >= FEWEST) {
                break;
            }
        }
        double[] samples = Arrays.copyOf(each, count);
        double[] sorted = samples.clone();
        Arrays.sort(sorted);
        return new Timing(
                Bootstrap.standard().mean(samples),
                sorted[count / 2],
                sorted[0],
                count,
                runs,
                Duration.ofNanos(begin - start));
    }

    private static long sample(Body body, long runs) {
        long start = System.nanoTime();
        try {
            for (long i = 0; i < runs; i++) {
                sink = body.run();
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return System.nanoTime() - start;
    }

    @Override
    public Map<String, Object> mimeBundle() {
        String[] lines = toString().split("\n");
        Map<String, Object> bundle = new LinkedHashMap<>();
        bundle.put(
                "text/html",
                "<div><b>" + Html.escape(lines[0]) + "</b></div><div style=\"opacity:.65;font-size:90%\">"
                        + Html.escape(lines[1]) + "</div>");
        bundle.put("text/plain", toString());
        return bundle;
    }

    @Override
    public String toString() {
        return Durations.nanos(mean.estimate()) + " a run (95 % interval " + Durations.nanos(mean.low()) + " to "
                + Durations.nanos(mean.high()) + "), median " + Durations.nanos(median) + ", fastest "
                + Durations.nanos(fastest) + "\n" + samples + " samples of " + runs + (runs == 1 ? " run" : " runs")
                + " after " + Durations.text(warmUp) + " of warm-up";
    }
}
