package org.rewardlab.kernel.session;

import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dflib.jjava.jupyter.kernel.util.PathsHandler;
import org.jspecify.annotations.Nullable;
import org.rewardlab.kernel.magic.MagicArguments;

/**
 * The settings that environment variables give: {@code CLASSPATH}, {@code COMPILER_OPTS}, {@code STARTUP_SCRIPTS_PATH},
 * {@code STARTUP_SCRIPT}, {@code TIMEOUT} and {@code LOAD_EXTENSIONS}, each with the prefix {@code REWARDLAB_}, {@code JJAVA_} or {@code IJAVA_}; the
 * first of these that is set wins.
 */
public final class Environment {

    private static final List<String> PREFIXES = List.of("REWARDLAB_KERNEL_", "REWARDLAB_", "JJAVA_", "IJAVA_");
    private static final Pattern TIME = Pattern.compile("\\s*(-?\\d+)\\s*([A-Za-z]*)\\s*");

    private final Map<String, String> variables;

    Environment(Map<String, String> variables) {
        this.variables = variables;
    }

    /** The settings of this process's environment. */
    public static SessionSettings settings() {
        return new Environment(System.getenv()).read();
    }

    SessionSettings read() {
        return new SessionSettings(
                paths("CLASSPATH"),
                MagicArguments.split(value("COMPILER_OPTS")),
                paths("STARTUP_SCRIPTS_PATH"),
                value("STARTUP_SCRIPT"),
                timeout(value("TIMEOUT")),
                Path.of(""),
                isOn(value("LOAD_EXTENSIONS", "true")));
    }

    private String value(String name) {
        return value(name, "");
    }

    private String value(String name, String otherwise) {
        for (String prefix : PREFIXES) {
            String value = variables.get(prefix + name);
            if (value != null) {
                return value;
            }
        }
        return otherwise;
    }

    /** As JJava reads it: empty, 0 and false mean no. */
    private static boolean isOn(String text) {
        String word = text.strip();
        return !word.isEmpty() && !word.equals("0") && !word.equalsIgnoreCase("false");
    }

    private List<Path> paths(String name) {
        String value = value(name);
        return value.isBlank() ? List.of() : new ArrayList<>(PathsHandler.splitAndResolveGlobs(value));
    }

    /** A number and a unit, such as {@code 30 SECONDS}; a number alone counts milliseconds; below 1 there is no limit. */
    static @Nullable Duration timeout(String text) {
        if (text.isBlank()) {
            return null;
        }
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            throw new IllegalArgumentException("TIMEOUT: expected a number and a unit such as 30 SECONDS, got " + text);
        }
        long amount = Long.parseLong(time.group(1));
        if (amount < 1) {
            return null;
        }
        return switch (time.group(2).toUpperCase(Locale.ROOT)) {
            case "NANOSECONDS" -> Duration.ofNanos(amount);
            case "MICROSECONDS" -> Duration.of(amount, ChronoUnit.MICROS);
            case "", "MILLISECOND", "MILLISECONDS", "MS" -> Duration.ofMillis(amount);
            case "SECOND", "SECONDS", "S" -> Duration.ofSeconds(amount);
            case "MINUTE", "MINUTES", "M" -> Duration.ofMinutes(amount);
            case "HOUR", "HOURS", "H" -> Duration.ofHours(amount);
            case "DAY", "DAYS", "D" -> Duration.ofDays(amount);
            default ->
                throw new IllegalArgumentException("TIMEOUT: expected a unit such as SECONDS, got " + time.group(2));
        };
    }
}
