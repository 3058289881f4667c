package org.rewardlab.workbench.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.rewardlab.lab.plot.Plots;

class FittedSvgTest {

    @Test
    void aFigureKeepsItsSizeAndMayShrink() {
        String figure = Plots.figure(Plots.plot(1, 2, 3)).svg();
        String fitted = FittedSvg.of(figure);
        assertThat(fitted)
                .startsWith("<svg style=\"max-width:100%;height:auto\" xmlns=")
                .contains(" width=\"520\" height=\"340\" viewBox=\"0 0 520 340\"")
                .hasSize(figure.length() + " style=\"max-width:100%;height:auto\"".length());
        assertThat(FittedSvg.of(fitted)).isEqualTo(fitted);
    }

    @Test
    void aPictureThatCouldNotShrinkGetsABoxToShrinkIn() {
        assertThat(FittedSvg.of(
                        "<?xml version=\"1.0\"?>\n<svg stroke-width=\"2\" height='20px' width=\"30.5\"><g/></svg>"))
                .isEqualTo("<?xml version=\"1.0\"?>\n<svg style=\"max-width:100%;height:auto\" viewBox=\"0 0 30.5 20\""
                        + " stroke-width=\"2\" height='20px' width=\"30.5\"><g/></svg>");
    }

    @Test
    void whatHasNoSizeOrAStyleOfItsOwnStaysAsItIs() {
        for (String svg : new String[] {
            "<svg width=\"100%\" height=\"20\"/>",
            "<svg style=\"width:3em\" viewBox=\"0 0 1 1\"/>",
            "<svg/>",
            "no picture"
        }) {
            assertThat(FittedSvg.of(svg)).isEqualTo(svg);
        }
    }
}
