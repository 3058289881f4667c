package org.rewardlab.lab.data;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Where prompts come from: a task that makes them up, or a list that they are drawn from. */
@FunctionalInterface
public interface PromptSource {

    /** So many prompts, drawn with this generator and nothing else. */
    List<Prompt> draw(int count, RandomGenerator random);

    /** Prompts of a list, each draw without repetition as long as the list lasts. */
    static PromptSource of(List<Prompt> prompts) {
        List<Prompt> all = List.copyOf(prompts);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("prompts: expected at least one, got none");
        }
        return (count, random) -> {
            List<Prompt> drawn = new ArrayList<>();
            while (drawn.size() < count) {
                int[] order = Shuffle.order(all.size(), random.nextLong());
                for (int i = 0; i < order.length && drawn.size() < count; i++) {
                    drawn.add(all.get(order[i]));
                }
            }
            return drawn;
        };
    }
}
