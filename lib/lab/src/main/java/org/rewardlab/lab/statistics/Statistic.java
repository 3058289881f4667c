package org.rewardlab.lab.statistics;

/** A number computed from a sample: {@code Summary::mean}, {@code InterquartileMean::of}, a lambda. */
@FunctionalInterface
public interface Statistic {
    /** @param sample values in any order; must not be changed or kept */
    double of(double... sample);
}
