package org.rewardlab.lab.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RulerTest {
    private static Ruler ruler(double low, double high) {
        return Ruler.of(Axis.PLAIN, Extent.of(false, low, high).tightened(), 400, 50, 0.05);
    }

    private static List<String> labels(Ruler ruler) {
        return ruler.ticks().stream().map(Ruler.Tick::label).toList();
    }

    @Test
    void stepsAreOneTwoOrFiveTimesAPowerOfTen() {
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            double least = Math.pow(10, 12 * random.nextDouble() - 6);
            double step = Ruler.step(least);
            assertThat(step).isBetween(least * (1 - 1e-8), least * 2.6);
            double digit = step / Math.pow(10, Math.floor(Math.log10(step) + 1e-9));
            assertThat(Math.round(digit * 1e6) / 1e6).isIn(1.0, 2.0, 5.0);
        }
    }

    @Test
    void ticksCarryAsManyDecimalsAsTheirStepAndNoThousandsCommas() {
        assertThat(labels(ruler(0, 1))).containsExactly("0.0", "0.2", "0.4", "0.6", "0.8", "1.0");
        assertThat(labels(ruler(-2, 2)))
                .containsExactly("−2.0", "−1.5", "−1.0", "−0.5", "0.0", "0.5", "1.0", "1.5", "2.0");
        assertThat(labels(ruler(0, 2000))).contains("0", "500", "1000", "2000");
        assertThat(labels(ruler(0, 400_000))).contains("0", "100k", "400k");
        assertThat(labels(ruler(0, 3e7))).contains("5M", "30M");
        assertThat(labels(ruler(0, 2e-9))).contains("0", "1e-9");
    }

    @Test
    void endsMoveToATickWhenItIsNear() {
        assertThat(ruler(0, 1990).high()).isEqualTo(2000);
        assertThat(ruler(0, 1800).high()).isEqualTo(1800);
        Ruler padded = Ruler.of(Axis.PLAIN, Extent.of(false, 0.1, 0.93), 400, 50, 0.05);
        assertThat(padded.low()).isZero();
        assertThat(padded.high()).isEqualTo(1);
    }

    @Test
    void oneValueAndNoValueGiveAnAxisToo() {
        Ruler one = Ruler.of(Axis.PLAIN, Extent.of(false, 5, 5), 400, 50, 0.05);
        assertThat(one.low()).isLessThan(5);
        assertThat(one.high()).isGreaterThan(5);
        Ruler none = Ruler.of(Axis.PLAIN, Extent.of(false, Double.NaN), 400, 50, 0.05);
        assertThat(none.low()).isLessThanOrEqualTo(0);
        assertThat(none.high()).isGreaterThanOrEqualTo(1);
        Ruler tiny = Ruler.of(Axis.PLAIN, Extent.of(false, 1e9, 1e9 + 1e-6), 400, 50, 0.05);
        assertThat(tiny.ticks()).hasSizeLessThan(40);
    }

    @Test
    void logarithmicTicksAreDecadesWithSmallOnesBetween() {
        Ruler ruler = Ruler.of(Axis.PLAIN.logarithmic(), Extent.of(true, 1e-6, 1e2), 400, 50, 0);
        assertThat(labels(ruler)).contains("10⁻⁶", "10⁰", "10²", "");
        assertThat(ruler.share(1e-2)).isCloseTo(0.5, within(1e-9));
        assertThat(ruler.share(0)).isNaN();
        Ruler few = Ruler.of(Axis.PLAIN.logarithmic(), Extent.of(true, 1, 60), 400, 50, 0);
        assertThat(labels(few)).contains("1", "2", "5", "10", "20", "50");
    }

    @Test
    void roomBeyondTheDataDoesNotChangeTheLabelsOfALogarithmicAxis() {
        double[][] ends = {{1, 64}, {1, 100}, {1e-3, 1}, {1e-6, 1e2}, {2, 8}};
        for (double[] pair : ends) {
            Extent data = Extent.of(true, pair);
            Ruler tight = Ruler.of(Axis.PLAIN.logarithmic(), data.tightened(), 400, 50, 0.04);
            Ruler roomy = Ruler.of(Axis.PLAIN.logarithmic(), data, 400, 50, 0.04);
            assertThat(roomy.low()).isLessThan(tight.low());
            assertThat(roomy.high()).isGreaterThan(tight.high());
            assertThat(labels(roomy).stream().filter(label -> !label.isEmpty()))
                    .containsExactlyElementsOf(labels(tight).stream()
                            .filter(label -> !label.isEmpty())
                            .toList());
        }
    }

    @Test
    void rangesThatAreNoneAreRefused() {
        assertThatThrownBy(() -> Axis.PLAIN.ranging(1, 1)).hasMessageContaining("expected low below high");
        assertThatThrownBy(() -> Axis.PLAIN.logarithmic().ranging(0, 1))
                .hasMessageContaining("a logarithmic axis needs ends above 0");
    }
}
