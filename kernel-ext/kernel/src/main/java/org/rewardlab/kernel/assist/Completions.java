package org.rewardlab.kernel.assist;

import java.util.List;

/**
 * The ways to complete a piece of code, best first.
 *
 * @param matches the ways; none where nothing is known
 * @param start where what they replace begins, in UTF-16 units
 * @param end where it ends
 */
public record Completions(List<Completion> matches, int start, int end) {

    public Completions {
        matches = List.copyOf(matches);
    }
}
