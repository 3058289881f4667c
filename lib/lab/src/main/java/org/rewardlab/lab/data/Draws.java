package org.rewardlab.lab.data;

import java.util.List;

/** Pseudo-random draws that are the same on every Java version: Steele, Lea and Flood's SplitMix64, written out. */
final class Draws {
    private long state;

    Draws(long seed) {
        state = seed;
    }

    private long next() {
        state += 0x9E3779B97F4A7C15L;
        long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** A number from 0 up to, but without, 1. */
    double uniform() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    /** A whole number from 0 up to, but without, the bound. */
    int below(int bound) {
        return (int) (uniform() * bound);
    }

    boolean chance(double probability) {
        return uniform() < probability;
    }

    <T> T pick(List<T> choices) {
        return choices.get(below(choices.size()));
    }
}
