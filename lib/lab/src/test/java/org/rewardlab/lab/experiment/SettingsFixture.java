package org.rewardlab.lab.experiment;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Puts the lab's system properties back after each test, whatever the test set. */
final class SettingsFixture implements BeforeEachCallback, AfterEachCallback {
    private static final List<String> NAMES = List.of("rewardlab.scale", "rewardlab.seed", "rewardlab.home");

    private final Map<String, @Nullable String> before = new HashMap<>();

    @Override
    public void beforeEach(ExtensionContext context) {
        NAMES.forEach(name -> before.put(name, System.getProperty(name)));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        before.forEach((name, value) -> {
            if (value == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
    }
}
