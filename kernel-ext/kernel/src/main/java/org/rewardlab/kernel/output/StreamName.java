package org.rewardlab.kernel.output;

import java.util.Locale;

/** The two text streams of a cell, under their names in a notebook. */
public enum StreamName {
    STDOUT,
    STDERR;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
