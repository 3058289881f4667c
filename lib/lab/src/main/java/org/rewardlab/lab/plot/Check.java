package org.rewardlab.lab.plot;

/** What is refused of numbers to draw. */
final class Check {
    private Check() {}

    static void sameLength(String first, double[] a, String second, double[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException(
                    second + ": expected " + a.length + " values, one for each of " + first + ", got " + b.length);
        }
    }

    static void notEmpty(String name, int length) {
        if (length == 0) {
            throw new IllegalArgumentException(name + ": expected at least one, got none");
        }
    }
}
