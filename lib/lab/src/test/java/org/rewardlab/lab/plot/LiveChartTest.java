package org.rewardlab.lab.plot;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.rewardlab.lab.display.Display;
import org.rewardlab.lab.display.Shown;

class LiveChartTest {
    @Test
    void growsOnDisplayAndStaysAsAFigure() {
        List<Object> shown = new ArrayList<>();
        Display before = Display.install(content -> {
            shown.add(content);
            return (Shown) shown::add;
        });
        LiveChart kept;
        try (LiveChart chart = LiveChart.of("training", "step")) {
            kept = chart;
            for (int i = 0; i < 5000; i++) {
                Map<String, Double> metrics = new LinkedHashMap<>();
                metrics.put("reward", i / 100.0);
                metrics.put("kl", 0.1);
                chart.add(i, metrics);
            }
        } finally {
            Display.install(before);
        }
        assertThat(shown).hasSizeBetween(2, 200).allMatch(Figure.class::isInstance);
        Figure last = (Figure) shown.get(shown.size() - 1);
        assertThat(last.panels()).hasSize(2);
        assertThat(last.csv()).contains("1,line,reward,0,0,", "2,line,kl,4999,0.1,");
        assertThat(kept.figure().csv().lines().count()).isLessThan(2 * 2001 + 1);
    }

    @Test
    void emptyChartCanBeShown() {
        assertThat(LiveChart.of("", "step").figure().svg()).startsWith("<svg");
    }

    @Test
    void chartsOfXChartTakeTheLook() {
        XYChart chart = new XYChartBuilder().width(300).height(200).build();
        chart.addSeries("a", new double[] {0, 1}, new double[] {0, 1});
        assertThat(XCharts.house(chart)).isSameAs(chart);
        assertThat(chart.getStyler().getSeriesColors()[0]).isEqualTo(new Color(0x0072B2));
        assertThat(chart.getStyler().getChartBackgroundColor()).isEqualTo(Color.WHITE);
        assertThat(chart.getSeries("a"))
                .satisfies(series -> assertThat(series.getMarker()).isEqualTo(SeriesMarkers.NONE));
    }

    @Test
    void arraysAndFunctionsArePlottedAsTheirNumbers() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray matrix = manager.create(new float[] {1, -2, 3, 4}, new Shape(2, 2));
            assertThat(Plots.figure(Plots.heatmap(matrix)).csv()).contains("cell,,1,0,,,-2", "cell,,0,1,,,3");
            assertThat(Plots.figure(Plots.plot(matrix)).csv()).contains("line,,1,-2,");
            assertThat(Plots.figure(Plots.histogram("h", matrix)).svg()).startsWith("<svg");
            assertThat(Plots.figure(Plots.line("l", matrix, matrix)).csv()).contains("line,l,3,3,");
        }
        Map<String, DoubleUnaryOperator> squares = Map.of("square", x -> x * x);
        assertThat(Plots.figure(Plots.functions(Plots.evenly(0, 2, 3), squares)).csv())
                .contains("line,square,2,4,");
    }
}
