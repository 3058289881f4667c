package org.rewardlab.golden;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How the cases of one card are run on the library: an adapter for each primitive, by the card's name for it. */
abstract class Card {

    private final Map<String, Function<Case, Result>> adapters = new HashMap<>();

    final void add(String primitive, Function<Case, Result> adapter) {
        if (adapters.put(primitive, adapter) != null) {
            throw new IllegalStateException("two adapters for " + primitive);
        }
    }

    final void addAll(Card other) {
        other.adapters.forEach(this::add);
    }

    final @Nullable Function<Case, Result> adapter(String primitive) {
        return adapters.get(primitive);
    }

    /** The card of that number, a class {@code CardNN} of this package; null if nothing of it is built. */
    static @Nullable Card of(String number) {
        try {
            return Class.forName(Card.class.getPackageName() + ".Card" + number)
                    .asSubclass(Card.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ClassNotFoundException e) {
            return null;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
