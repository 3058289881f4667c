package org.rewardlab.lab.plot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rewardlab.lab.display.Live;

/**
 * A chart that grows while something runs: one panel for each metric over the same steps. It is redrawn at most once a
 * second, and stays as a figure when it is closed. Long runs keep every second point of their past, then every fourth, ...
 */
public final class LiveChart implements AutoCloseable {
    private static final int MOST_POINTS = 2000;

    private final String step;
    private final String title;
    private final Map<String, List<double[]>> points = new LinkedHashMap<>();
    private final Live live;

    private LiveChart(String title, String step) {
        this.title = title;
        this.step = step;
        this.live = Live.of(this::figure);
    }

    /**
     * An empty chart on the current display.
     *
     * @param title above; empty for none
     * @param step what the horizontal axes show
     */
    public static LiveChart of(String title, String step) {
        return new LiveChart(title, step);
    }

    /** Takes the metrics of one step; a metric that is new gets a panel. */
    public void add(double at, Map<String, Double> metrics) {
        synchronized (points) {
            metrics.forEach((metric, value) -> {
                List<double[]> line = points.computeIfAbsent(metric, m -> new ArrayList<>());
                line.add(new double[] {at, value});
                if (line.size() > MOST_POINTS) {
                    thin(line);
                }
            });
        }
        live.refresh();
    }

    private static void thin(List<double[]> line) {
        List<double[]> kept = new ArrayList<>();
        for (int i = 0; i < line.size(); i += 2) {
            kept.add(line.get(i));
        }
        line.clear();
        line.addAll(kept);
    }

    /** The chart as it is now. */
    public Figure figure() {
        List<Panel> panels = new ArrayList<>();
        synchronized (points) {
            points.forEach((metric, line) -> panels.add(Plots.line(
                            metric,
                            line.stream().mapToDouble(point -> point[0]).toArray(),
                            line.stream().mapToDouble(point -> point[1]).toArray())
                    .x(step)
                    .y(metric)
                    .legend(LegendPlace.NONE)));
        }
        if (panels.isEmpty()) {
            panels.add(Panel.of(List.of()).x(step));
        }
        return new Figure(panels, title, "", 0);
    }

    /** Draws it a last time. */
    @Override
    public void close() {
        live.close();
    }
}
