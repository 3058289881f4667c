package org.rewardlab.kernel.spi;

import java.util.Optional;

/**
 * A service, found by {@link java.util.ServiceLoader}, that describes values of its types in a line, for inspection and for
 * the table of variables.
 */
public interface ValueDescriber {

    /** One line on the value, such as its shape; empty where the value is not of its kind. */
    Optional<String> describe(Object value);

    /** The memory that the value holds in bytes, where that is known and the describer knows the kind. */
    default Optional<Long> bytes(Object value) {
        return Optional.empty();
    }
}
