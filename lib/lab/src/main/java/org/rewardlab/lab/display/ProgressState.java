package org.rewardlab.lab.display;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.rewardlab.lab.statistics.Digits;

/**
 * How far something has come, at one moment.
 *
 * @param label what is being done
 * @param done steps done
 * @param total steps there are; 0 where that is not known
 * @param elapsed time since the start
 * @param metrics latest values by name, in the order they were first given
 * @param depth 0 for an outermost bar, 1 for one within it, ...
 * @param ended whether no more will come
 * @param failure why it ended before its time; empty when it didn't
 */
public record ProgressState(
        String label,
        long done,
        long total,
        Duration elapsed,
        Map<String, Double> metrics,
        int depth,
        boolean ended,
        String failure)
        implements Displayable {
    private static final int WIDTH = 24;

    public ProgressState {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }

    /** The share done, in [0, 1]; 0 where the total is not known. */
    public double fraction() {
        return total <= 0 ? 0 : Math.min(1, done / (double) total);
    }

    /** Steps a second so far; 0 before the first. */
    public double rate() {
        double seconds = elapsed.toNanos() / 1e9;
        return done == 0 || seconds <= 0 ? 0 : done / seconds;
    }

    /** Time left at the rate so far; zero where it is not known. */
    public Duration left() {
        double rate = rate();
        return total <= done || rate == 0 ? Duration.ZERO : Duration.ofMillis((long) ((total - done) / rate * 1000));
    }

    /**
     * One line of text.
     *
     * @param bar whether to draw a bar in it
     */
    public String line(boolean bar) {
        StringBuilder line = new StringBuilder("  ".repeat(depth)).append(label).append(' ');
        if (total > 0) {
            if (bar) {
                int full = (int) Math.round(fraction() * WIDTH);
                line.append("█".repeat(full)).append("░".repeat(WIDTH - full)).append(' ');
            }
            line.append((int) (100 * fraction())).append("% ");
        }
        return line.append(counts()).append(tail()).toString();
    }

    /** The same as HTML with inline styles, for light and dark pages. */
    public String html() {
        String colour = failure.isEmpty() ? "#0072b2" : "#d55e00";
        String percent = Digits.fixed(100 * fraction(), 1);
        String bar = total <= 0
                ? ""
                : "<span style=\"display:inline-block;width:180px;height:8px;border-radius:4px;background:#8883;"
                        + "vertical-align:middle;margin:0 8px\"><span style=\"display:block;height:8px;border-radius:4px;"
                        + "width:" + percent + "%;background:" + colour + "\"></span></span>"
                        + (int) (100 * fraction()) + "% ";
        return "<div style=\"font-size:90%;margin-left:" + 20 * depth + "px\">" + Html.escape(label) + bar + " "
                + Html.escape(counts() + tail()) + "</div>";
    }

    private String counts() {
        return total > 0 ? done + "/" + total : Long.toString(done);
    }

    private String tail() {
        StringBuilder tail = new StringBuilder();
        if (rate() > 0) {
            tail.append(", ").append(rateText());
        }
        tail.append(", ")
                .append(ended ? "took " + clock(elapsed) : left().isZero() ? clock(elapsed) : clock(left()) + " left");
        if (!failure.isEmpty()) {
            tail.append(", stopped: ").append(failure);
        }
        if (!metrics.isEmpty()) {
            tail.append(" | ")
                    .append(metrics.entrySet().stream()
                            .map(e -> e.getKey() + " " + Digits.significant(e.getValue(), 3))
                            .collect(Collectors.joining(", ")));
        }
        return tail.toString();
    }

    private String rateText() {
        double rate = rate();
        return rate >= 1 ? Digits.significant(rate, 3) + "/s" : Digits.significant(1 / rate, 3) + " s each";
    }

    private static String clock(Duration time) {
        long seconds = time.toSeconds();
        if (seconds < 60) {
            return Digits.fixed(time.toMillis() / 1000.0, seconds < 10 ? 1 : 0) + " s";
        }
        return seconds < 3600
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3600 + " h " + seconds / 60 % 60 + " min";
    }

    @Override
    public Map<String, Object> mimeBundle() {
        Map<String, Object> bundle = new LinkedHashMap<>();
        bundle.put("text/html", html());
        bundle.put("text/plain", line(false));
        return bundle;
    }

    @Override
    public String toString() {
        return line(false);
    }
}
