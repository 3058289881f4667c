package org.rewardlab.lab.display;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NameOrderTest {

    @Test
    void aMapWithoutOrderIsInThatOfItsNames() {
        assertThat(NameOrder.of(Map.of(
                                "step", 1, "loss", 2, "kl", 3, "accuracy", 4, "reward", 5, "gold", 6, "proxy", 7))
                        .keySet())
                .containsExactly("accuracy", "gold", "kl", "loss", "proxy", "reward", "step");
        assertThat(NameOrder.of(new HashMap<>(Map.of("b", 1, "a", 2))).keySet()).containsExactly("a", "b");
    }

    @Test
    void aMapWithAnOrderKeepsIt() {
        Map<String, Integer> linked = new LinkedHashMap<>();
        linked.put("b", 1);
        linked.put("c", 2);
        linked.put("a", 3);
        assertThat(NameOrder.of(linked).keySet()).containsExactly("b", "c", "a");
        Map<String, Integer> sorted = new TreeMap<>(Comparator.reverseOrder());
        sorted.putAll(linked);
        assertThat(NameOrder.of(sorted).keySet()).containsExactly("c", "b", "a");
    }

    @Test
    void theCopyStandsByItself() {
        Map<String, Integer> linked = new LinkedHashMap<>(Map.of("a", 1));
        Map<String, Integer> copy = NameOrder.of(linked);
        linked.put("b", 2);
        assertThat(copy).containsOnlyKeys("a");
        assertThatThrownBy(() -> copy.put("c", 3)).isInstanceOf(UnsupportedOperationException.class);
    }
}
