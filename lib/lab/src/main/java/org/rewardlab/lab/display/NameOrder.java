package org.rewardlab.lab.display;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The order in which named things are shown and kept.
 *
 * <p>{@code Map.of} goes through its names in another order in each run of the JVM: columns, legends and colours that followed it would
 * differ between two runs of one seed.
 */
public final class NameOrder {

    private NameOrder() {}

    /**
     * A copy in the order of the map, where it is one that keeps an order (a {@link LinkedHashMap}, a {@link SortedMap}); of any other
     * map, in the order of the names.
     *
     * @return a copy that cannot be changed
     */
    public static <V> Map<String, V> of(Map<String, ? extends V> named) {
        boolean ordered = named instanceof LinkedHashMap || named instanceof SortedMap;
        return Collections.unmodifiableMap(new LinkedHashMap<>(ordered ? named : new TreeMap<>(named)));
    }
}
