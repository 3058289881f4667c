package org.rewardlab.kernel.magic;

import java.util.List;

/**
 * A cell that one magic takes as a whole.
 *
 * @param name the magic's name
 * @param arguments what follows it on the first line
 * @param body the lines below
 */
public record MagicCall(String name, List<String> arguments, String body) {

    public MagicCall {
        arguments = List.copyOf(arguments);
    }
}
