package org.rewardlab.lab.data;

/**
 * Two responses to one prompt, of which the first was preferred.
 *
 * @param prompt what was asked
 * @param chosen the preferred response
 * @param rejected the other response
 */
public record PreferencePair(String prompt, String chosen, String rejected) {}
