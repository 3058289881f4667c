package org.rewardlab.golden;

import java.util.Arrays;
import java.util.Locale;
import org.rewardlab.tensor.Check;

/** Options by the cards' names for them. */
final class Names {

    private Names() {}

    /** The option of that name in lower case; rejects others. */
    static <E extends Enum<E>> E find(String argument, String name, E[] options) {
        for (E option : options) {
            if (option.name().toLowerCase(Locale.ROOT).equals(name)) {
                return option;
            }
        }
        throw Check.failure(argument, "one of " + Arrays.toString(options), name);
    }
}
