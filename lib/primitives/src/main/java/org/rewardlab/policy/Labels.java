package org.rewardlab.policy;

import java.util.Arrays;
import org.rewardlab.tensor.Check;

/** Options by the names that the field uses for them. */
final class Labels {

    private Labels() {}

    /** The option that prints as that name. */
    static <E extends Enum<E>> E find(String argument, String name, E[] options) {
        for (E option : options) {
            if (option.toString().equals(name)) {
                return option;
            }
        }
        throw Check.failure(argument, "one of " + Arrays.toString(options), name);
    }
}
