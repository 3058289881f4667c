package org.rewardlab.kernel.eval;

/** Colours of error reports: bold and red alone, which read on dark and on light grounds. */
final class Ansi {

    private static final String RESET = "\u001b[0m";

    private Ansi() {}

    static String bold(String text) {
        return text.isEmpty() ? text : "\u001b[1m" + text + RESET;
    }

    static String red(String text) {
        return text.isEmpty() ? text : "\u001b[1;31m" + text + RESET;
    }
}
