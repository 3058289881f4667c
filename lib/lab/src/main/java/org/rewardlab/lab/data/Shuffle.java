package org.rewardlab.lab.data;

import java.util.stream.IntStream;

/** Orders drawn by a seed (Fisher and Yates). */
public final class Shuffle {
    private Shuffle() {}

    /** The numbers 0 to size - 1 in an order that depends on the seed alone. */
    public static int[] order(int size, long seed) {
        int[] order = IntStream.range(0, size).toArray();
        Draws draws = new Draws(seed);
        for (int last = size - 1; last > 0; last--) {
            int other = draws.below(last + 1);
            int kept = order[last];
            order[last] = order[other];
            order[other] = kept;
        }
        return order;
    }
}
