package org.rewardlab.kernel.install;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The system properties that this program was started with, so that the kernel it installs starts with them as well. */
final class InheritedProperties {
    /** What the kernel's start sets itself. */
    private static final Set<String> OWN = Set.of(
            "java.awt.headless",
            "file.encoding",
            "stdout.encoding",
            "stderr.encoding",
            "sun.stdout.encoding",
            "sun.stderr.encoding",
            "java.class.path");

    private InheritedProperties() {}

    static Map<String, String> ofThisProgram() {
        return of(ManagementFactory.getRuntimeMXBean().getInputArguments());
    }

    static Map<String, String> of(List<String> jvmArguments) {
        Map<String, String> properties = new TreeMap<>();
        for (String argument : jvmArguments) {
            int equals = argument.indexOf('=');
            if (argument.startsWith("-D") && equals > 0) {
                properties.put(argument.substring(2, equals), argument.substring(equals + 1));
            }
        }
        properties.keySet().removeAll(OWN);
        return properties;
    }
}
