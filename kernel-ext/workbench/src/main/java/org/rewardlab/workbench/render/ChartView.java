package org.rewardlab.workbench.render;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.internal.chartpart.Chart;

/** An XChart chart as PNG, and as SVG where that is not too large. */
final class ChartView {

    private ChartView() {}

    static Bundle of(Chart<?, ?> chart) {
        String kind = chart.getClass().getSimpleName();
        String title = chart.getTitle() == null ? "" : chart.getTitle();
        Bundle bundle = Bundle.text(title.isEmpty() ? kind : kind + " \"" + title + "\"");
        try {
            byte[] svg = ChartEncoder.getBytes(chart, "svg");
            if (svg.length <= FigureView.LARGEST) {
                bundle = bundle.with(Bundle.SVG, new String(svg, StandardCharsets.UTF_8));
            }
            return bundle.with(Bundle.PNG, ChartEncoder.getBytes(chart, "png"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
