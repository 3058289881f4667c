package org.rewardlab.lab.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LookTest {
    @Test
    void methodsKeepTheirColoursAndTheOthersTakeWhatIsLeft() {
        Palette alone = Palette.of(List.of("GRPO", "ours"));
        Palette together = Palette.of(List.of("ours", "PPO", "GRPO"));
        assertThat(together.style("GRPO")).isEqualTo(alone.style("GRPO"));
        assertThat(together.style("ours").color())
                .isNotEqualTo(together.style("PPO").color())
                .isNotEqualTo(together.style("GRPO").color());
        assertThat(together.style("PPO").color()).isEqualTo(new Color(0x0072B2));
    }

    @Test
    void referencesAreGreyAndDashed() {
        Style style = Palette.of(List.of("ours", "Reference")).style("Reference");
        assertThat(style.color()).isEqualTo(House.FAINT_INK);
        assertThat(style.dash()).isNotEmpty();
    }

    @Test
    void twentyMethodsAreAllDifferent() {
        List<String> names = IntStream.range(0, 20).mapToObj(i -> "method " + i).toList();
        Palette palette = Palette.of(names);
        Set<String> looks = new HashSet<>();
        names.forEach(name -> looks.add(
                palette.style(name).color() + " " + palette.style(name).dash()));
        assertThat(looks).hasSize(20);
    }

    @Test
    void lettersComeFromTheFontFileItself() {
        // DejaVu Sans has 2048 units to the em; A is 1401 wide and i 569, in the file's own table
        assertThat(Typeface.SANS.glyph('A').advance() * 2048).isCloseTo(1401, within(1e-9));
        assertThat(Typeface.SANS.glyph('i').advance() * 2048).isCloseTo(569, within(1e-9));
        assertThat(Typeface.MONO.glyph('A').advance())
                .isEqualTo(Typeface.MONO.glyph('i').advance());
        Rectangle2D bounds = Typeface.SANS.glyph('H').outline().getBounds2D();
        assertThat(bounds.getMinY()).isZero();
        assertThat(bounds.getMaxY() * 2048).isCloseTo(1493, within(1e-9));
        assertThat(Typeface.SANS.width("Ai", 10)).isCloseTo(10 * (1401 + 569) / 2048.0, within(1e-9));
    }

    @Test
    void accentedAndMathematicalLettersHaveOutlines() {
        for (int c : "éÅβσ∇−×√⁻⁴⏎␣✓".codePoints().toArray()) {
            assertThat(Typeface.SANS.glyph(c).outline().getBounds2D().isEmpty())
                    .as(Character.toString(c))
                    .isFalse();
        }
        assertThat(Typeface.SANS.glyph('é').outline().getBounds2D().getMaxY())
                .isGreaterThan(Typeface.SANS.glyph('e').outline().getBounds2D().getMaxY());
        assertThat(Typeface.SANS.glyph(' ').outline().getCurrentPoint()).isNull();
        assertThat(Typeface.SANS.glyph(0x1F600).advance()).isPositive();
    }

    @Test
    void legendStandsWhereNoLineIs() {
        double[] x = Plots.evenly(0, 1, 50);
        Panel rising = Plots.line("rising", x, x);
        Panel falling = Plots.line(
                "falling", x, IntStream.range(0, 50).mapToDouble(i -> 1 - x[i]).toArray());
        assertThat(placed(rising)).isIn(LegendPlace.TOP_LEFT, LegendPlace.BOTTOM_RIGHT);
        assertThat(placed(falling)).isIn(LegendPlace.TOP_RIGHT, LegendPlace.BOTTOM_LEFT);
        assertThat(Plots.figure(rising.and(falling)).svg()).contains("use");
    }

    private static LegendPlace placed(Panel panel) {
        PanelPainter painter = new PanelPainter(panel, Palette.of(panel.labels()), true, 520, 340);
        return painter.legendPlace();
    }

    @Test
    void aLegendThatWouldCoverSomethingInTheAlignedGridStandsOutside() {
        Panel bars = Gallery.groupedBars();
        Palette palette = Palette.of(bars.labels());
        PanelPainter painter = new PanelPainter(bars, palette, true, House.MIDDLE_WIDTH, House.MIDDLE_HEIGHT);
        Margins alone = painter.margins();
        assertThat(painter.legendPlace().isInside()).isTrue();
        assertThat(painter.makesRoom(alone)).isFalse();
        Margins besideTurnedNames = new Margins(alone.top(), alone.left(), alone.bottom() + 90, alone.right());
        assertThat(painter.makesRoom(besideTurnedNames)).isTrue();
        assertThat(painter.legendPlace().isInside()).isFalse();
        assertThat(painter.makesRoom(besideTurnedNames)).isFalse();
    }

    @Test
    void shortLinesHaveRoomForTheirMarkersAndLongOnesNone() {
        double[] few = Plots.evenly(1, 12, 12);
        double[] many = Plots.evenly(1, 13, 13);
        for (boolean log : new boolean[] {false, true}) {
            assertThat(new Curve("", few, few, Curve.Look.MARKED).x(log))
                    .isEqualTo(new Band("", few, few, few).x(log))
                    .isEqualTo(new Extent(1, 12, false, false));
            assertThat(new Curve("", many, many, Curve.Look.LINE).x(log))
                    .isEqualTo(new Band("", many, many, many).x(log))
                    .isEqualTo(new Extent(1, 13, true, true));
        }
    }

    @Test
    void markersOnTheBorderOfAForcedRangeAreDrawnOnceAndWhole() {
        double[] x = {0, 1, 2};
        double[] y = {1, 0.5, 0};
        for (Panel panel : List.of(Plots.line("", x, y), Plots.scatter("", x, y))) {
            String svg = Plots.figure(panel.rangeX(0, 2).rangeY(0, 1)).svg();
            String clipped = svg.substring(svg.indexOf("<svg", 1), svg.indexOf("</svg>"));
            assertThat(circles(clipped)).isEqualTo(1);
            assertThat(circles(svg)).isEqualTo(3);
        }
    }

    private static int circles(String svg) {
        return svg.split("<circle", -1).length - 1;
    }

    @Test
    void thinnedLinesKeepTheirPeaksAndGaps() {
        double[] x = Plots.evenly(0, 9999, 10_000);
        double[] y = new double[10_000];
        y[5000] = 100;
        y[7000] = Double.NaN;
        Frame frame = new Frame(
                new Rectangle2D.Double(0, 0, 400, 300),
                new Ruler(0, 9999, false, List.of()),
                new Ruler(0, 100, false, List.of()));
        int[] kept = Thinning.of(frame, x, y, 300);
        assertThat(kept).hasSize(300).contains(0, 5000, 7000, 9999).isSorted();
    }
}
