package org.rewardlab.bench;

import java.util.HashMap;
import java.util.Map;

/** Command-line options {@code --name value}; those that start with {@code --no-} have no value. */
record Options(Map<String, String> values) {

    static Options of(String[] arguments) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].startsWith("--no-")) {
                values.put(arguments[i], "");
            } else if (arguments[i].startsWith("--") && i + 1 < arguments.length) {
                values.put(arguments[i], arguments[++i]);
            } else {
                throw new IllegalArgumentException("arguments: expected --name value, got " + arguments[i]);
            }
        }
        return new Options(values);
    }

    String get(String name, String fallback) {
        return values.getOrDefault(name, fallback);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }
}
