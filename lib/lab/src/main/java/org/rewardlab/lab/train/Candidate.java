package org.rewardlab.lab.train;

import org.rewardlab.lab.generate.Completion;

/**
 * A sampled response that may become half of a pair.
 *
 * @param text of the response
 * @param tokens as they were drawn
 * @param logp log-probability of the whole response under the policy, at temperature 1
 * @param refLogp under the reference
 * @param fromReference whether the reference wrote it, rather than the policy
 */
public record Candidate(String text, Completion tokens, double logp, double refLogp, boolean fromReference) {}
