package org.rewardlab.lab.plot;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rewardlab.credit.Rollouts;

/** An episode cut into parts that credit is given to, drawn and written with the credit of some methods. */
sealed interface CreditScene permits CreditTokens, CreditTurns, CreditTree, CreditGrid {
    double WIDTH = 720;
    double MARGIN = 18;

    /** What a part is called. */
    String part();

    /** Each part in words, for tables. */
    List<String> parts();

    /** The array of rollouts that numbers parts; null where a position is a part. */
    @Nullable
    NDArray numbering(Rollouts rollouts);

    /** Whether the parts are those of all rows of a batch. */
    default boolean wholeBatch() {
        return false;
    }

    default double width() {
        return WIDTH;
    }

    double height(List<CreditLayer> layers);

    void paint(Canvas canvas, List<CreditLayer> layers, double top);

    void html(StringBuilder html, List<CreditLayer> layers);
}
