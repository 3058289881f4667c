package org.rewardlab.preference;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rewardlab.tensor.Tensors;
import org.rewardlab.testing.Draws;
import org.rewardlab.testing.FiniteDifferences;
import org.rewardlab.testing.LiveArrays;
import org.rewardlab.testing.LossLaws;

/** Sums in which the tail of the longer response counts less. */
class LengthDesensitizedTest {

    private static double[] slow(NDArray logps, NDArray mask, NDArray otherMask, double alpha) {
        double[][] l = Tensors.toRows(logps);
        double[][] m = Tensors.toRows(mask);
        double[][] o = Tensors.toRows(otherMask);
        double[] sums = new double[l.length];
        for (int b = 0; b < l.length; b++) {
            double common = 0;
            for (double counted : o[b]) {
                common += counted;
            }
            int index = 0;
            for (int t = 0; t < l[b].length; t++) {
                if (m[b][t] == 1) {
                    index++;
                    sums[b] += l[b][t] * (index <= common ? 1 : alpha);
                }
            }
        }
        return sums;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 1})
    void tokensBeyondTheCommonLengthWeighAlpha(double alpha) {
        for (int size : new int[] {1, 3, 6}) {
            try (Draws draws = new Draws(size)) {
                NDArray mc = draws.raggedMask(size, 5);
                NDArray mr = draws.raggedMask(size, 7);
                NDArray lc = draws.replacedOutside(draws.logps(size, 5), mc, Double.NaN);
                NDArray lr = draws.replacedOutside(draws.logps(size, 7), mr, Double.NaN);
                LengthDesensitized sums = LengthDesensitized.of(lc, lr, mc, mr, alpha);
                LossLaws.assertClose("chosen", Tensors.toDoubles(sums.chosenLogps()), slow(lc, mc, mr, alpha), 1e-12);
                LossLaws.assertClose(
                        "rejected", Tensors.toDoubles(sums.rejectedLogps()), slow(lr, mr, mc, alpha), 1e-12);
                FiniteDifferences.assertAgree(
                        "rejected",
                        l -> LengthDesensitized.of(lc, l, mc, mr, alpha).rejectedLogps(),
                        draws.replacedOutside(lr, mr, 0));
                LiveArrays.assertNothingLeftBut(draws.manager(), () -> {
                    LengthDesensitized again = LengthDesensitized.of(lc, lr, mc, mr, alpha);
                    return List.of(again.chosenLogps(), again.rejectedLogps());
                });
            }
        }
    }

    @Test
    void paddingOnEitherSideChangesNothing() {
        try (Draws draws = new Draws(8)) {
            NDArray mask = draws.raggedMask(3, 4);
            NDArray other = draws.mask(3, 4);
            NDArray l = draws.logps(3, 4);
            NDArray plain = LengthDesensitized.of(l, l, mask, other, 0.4).chosenLogps();
            NDArray padded = LengthDesensitized.of(
                            draws.padded(l, 2, 1, Double.NaN),
                            draws.padded(l, 0, 3, Double.POSITIVE_INFINITY),
                            draws.padded(mask, 2, 1, 0),
                            draws.padded(other, 0, 3, 0),
                            0.4)
                    .chosenLogps();
            LossLaws.assertClose("padded", padded, plain, 1e-12);
        }
    }

    @Test
    void mistakesAreNamed() {
        try (Draws draws = new Draws(1)) {
            NDArray l = draws.logps(2, 3);
            NDArray mask = draws.mask(2, 3);
            LossLaws.assertRejects("alpha", () -> LengthDesensitized.of(l, l, mask, mask, 1.1));
            LossLaws.assertRejects("rejectedMask", () -> LengthDesensitized.of(l, l, mask, draws.mask(2, 4), 0.5));
            LossLaws.assertRejects(
                    "rejectedTokenLogps",
                    () -> LengthDesensitized.of(l, draws.logps(3, 3), mask, draws.mask(3, 3), 0.5));
            LossLaws.assertRejects("chosenMask", () -> LengthDesensitized.of(l, l, l, mask, 0.5));
            NDArray broken = draws.matrix(new double[][] {{Double.NaN, 0, 0}, {0, 0, 0}});
            LossLaws.assertRejects("chosenTokenLogps", () -> LengthDesensitized.of(broken, l, mask, mask, 0.5));
        }
    }
}
