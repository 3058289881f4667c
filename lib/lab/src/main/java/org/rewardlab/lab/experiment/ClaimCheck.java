package org.rewardlab.lab.experiment;

import org.jspecify.annotations.Nullable;
import org.rewardlab.lab.statistics.Digits;
import org.rewardlab.lab.statistics.Interval;

/**
 * One thing a claim says, and what came out.
 *
 * @param what the quantity, such as {@code gold of PAR}
 * @param found the estimate with its interval; unknown where none can be given
 * @param relation the bound in words, such as {@code at least 1.8}
 * @param margin how far the judged number lies inside the bound, negative outside; NaN where there is no number
 * @param seeds how many seeds it rests on; 0 where that means nothing
 * @param holds whether the bound is kept
 * @param problem why it fails though no number says so (missing values, an unknown arm); null where a number was judged
 */
public record ClaimCheck(
        String what,
        Interval found,
        String relation,
        double margin,
        int seeds,
        boolean holds,
        @Nullable String problem) {
    static ClaimCheck failed(String what, String relation, String problem) {
        return new ClaimCheck(what, Interval.unknown(0.95), relation, Double.NaN, 0, false, problem);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(what);
        if (!Double.isNaN(found.estimate())) {
            text.append(' ').append(found);
        }
        text.append(", ").append(relation);
        if (problem != null) {
            text.append(": ").append(problem);
        } else if (!Double.isNaN(margin)) {
            text.append(margin >= 0 ? " by " : ", missed by ").append(Digits.significant(Math.abs(margin), 3));
        }
        return text.toString();
    }
}
