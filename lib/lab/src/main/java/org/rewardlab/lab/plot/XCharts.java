package org.rewardlab.lab.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The look of the lab's figures for charts that a user makes with XChart directly. */
public final class XCharts {
    private XCharts() {}

    /**
     * Gives a chart white grounds, thin grid lines, the colours and sizes of the lab, and no markers on lines. Unlike the
     * lab's own figures it uses the fonts of the machine.
     *
     * @return the same chart
     */
    public static <C extends Chart<?, ?>> C house(C chart) {
        Styler styler = chart.getStyler();
        styler.setLocale(Locale.ROOT);
        styler.setChartBackgroundColor(House.PAPER)
                .setPlotBackgroundColor(House.PAPER)
                .setPlotBorderVisible(false)
                .setChartFontColor(House.INK)
                .setChartPadding(10)
                .setSeriesColors(Palette.colors())
                .setLegendBackgroundColor(House.PAPER)
                .setLegendBorderColor(House.PAPER)
                .setLegendFont(font(House.LEGEND))
                .setChartTitleBoxVisible(false)
                .setChartTitleFont(font(House.TITLE));
        if (styler instanceof AxesChartStyler axes) {
            axes.setPlotGridLinesColor(House.GRID)
                    .setPlotGridLinesStroke(new BasicStroke(0.8f))
                    .setAxisTickMarksColor(House.SPINE)
                    .setAxisTickLabelsColor(House.SOFT_INK)
                    .setAxisTickLabelsFont(font(House.TICK))
                    .setAxisTitleFont(font(House.AXIS))
                    .setAxisTickMarkLength(3)
                    .setErrorBarsColor(new Color(0x333333))
                    .setXAxisDecimalPattern("0.######")
                    .setYAxisDecimalPattern("0.######");
        }
        if (chart instanceof XYChart lines) {
            lines.getSeriesCollection().forEach(series -> series.setMarker(SeriesMarkers.NONE));
        }
        return chart;
    }

    private static Font font(double size) {
        return new Font(Font.SANS_SERIF, Font.PLAIN, 1).deriveFont((float) size);
    }
}
