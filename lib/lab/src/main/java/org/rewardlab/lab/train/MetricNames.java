package org.rewardlab.lab.train;

import java.util.Map;

/** The names that trainers of preference models share, for those that a loss measures under its own. */
final class MetricNames {
    private static final Map<String, String> KNOWN =
            Map.of("accuracy", "rewards/accuracies", "margin", "rewards/margins");

    private MetricNames() {}

    static String of(String name) {
        return KNOWN.getOrDefault(name, name);
    }
}
