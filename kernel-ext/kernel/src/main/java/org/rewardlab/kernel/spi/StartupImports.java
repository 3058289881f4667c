package org.rewardlab.kernel.spi;

import java.util.List;

/** A service, found by {@link java.util.ServiceLoader}, that adds imports to every notebook before its first cell. */
public interface StartupImports {

    /** Whole lines, such as {@code import java.time.Duration;} or {@code import static java.lang.Math.max;}. */
    List<String> imports();
}
