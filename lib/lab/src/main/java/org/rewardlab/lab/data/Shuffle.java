package org.rewardlab.lab.data;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Orders drawn by a seed (Fisher and Yates). */
public final class Shuffle {
    private Shuffle() {}

    /** The numbers 0 to size - 1 in an order that depends on the seed alone. */
    public static int[] order(int size, long seed) {
        int[] order = IntStream.range(0, size).toArray();
        SplittableRandom random = new SplittableRandom(seed);
        for (int last = size - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            int kept = order[last];
            order[last] = order[other];
            order[other] = kept;
        }
        return order;
    }
}
