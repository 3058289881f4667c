package org.rewardlab.workbench.memory;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The variables of the notebook as the running cell sees them; none in a kernel that does not tell. */
public final class CurrentCell {

    private static volatile Supplier<Map<String, @Nullable Object>> variables = LinkedHashMap::new;

    private CurrentCell() {}

    static void begins(Supplier<Map<String, @Nullable Object>> present) {
        variables = present;
    }

    /** Names and present values, in the order of their declaration. */
    public static Map<String, @Nullable Object> variables() {
        return variables.get();
    }
}
