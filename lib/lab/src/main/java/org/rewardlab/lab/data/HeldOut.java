package org.rewardlab.lab.data;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Draws the prompts to hold out until their pairs make up the wanted share, always leaving some on either side. */
final class HeldOut {
    private HeldOut() {}

    static Set<String> prompts(List<String> all, List<String> distinct, double share, long seed) {
        Map<String, Long> pairs =
                all.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        int[] order = Shuffle.order(distinct.size(), seed);
        Set<String> heldOut = new HashSet<>();
        double wanted = share * all.size();
        double taken = 0;
        for (int next = 0; next < order.length - 1; next++) {
            String prompt = distinct.get(order[next]);
            long more = pairs.getOrDefault(prompt, 0L);
            if (heldOut.isEmpty() || Math.abs(taken + more - wanted) < Math.abs(taken - wanted)) {
                heldOut.add(prompt);
                taken += more;
            }
        }
        return heldOut;
    }
}
