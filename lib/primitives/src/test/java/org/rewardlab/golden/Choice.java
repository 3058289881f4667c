package org.rewardlab.golden;

import java.util.List;
import org.rewardlab.tensor.Check;

/** An option of a card, by its name there: {@code bestWorst} and {@code best_worst} both mean {@code BEST_WORST}. */
final class Choice {

    private Choice() {}

    static <E extends Enum<E>> E of(String parameter, String name, E[] valid) {
        for (E value : valid) {
            if (plain(value.name()).equals(plain(name))) {
                return value;
            }
        }
        throw Check.failure(parameter, "one of " + List.of(valid), name);
    }

    private static String plain(String name) {
        return name.replace("_", "").toUpperCase(java.util.Locale.ROOT);
    }
}
