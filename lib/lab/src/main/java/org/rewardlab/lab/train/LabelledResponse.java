package org.rewardlab.lab.train;

/**
 * One response that is known to be good or bad.
 *
 * @param prompt that it answers
 * @param completion the response
 * @param label whether it is desirable
 */
public record LabelledResponse(String prompt, String completion, boolean label) {}
