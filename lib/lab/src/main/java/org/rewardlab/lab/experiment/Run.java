package org.rewardlab.lab.experiment;

/** What is done for one arm with one seed. */
@FunctionalInterface
public interface Run<A> {
    /**
     * @param arm what differs between the arms
     * @param seed the same for run number k of every arm, so that arms can be compared in pairs
     * @param log takes the numbers
     */
    void run(A arm, long seed, RunLog log) throws Exception;
}
