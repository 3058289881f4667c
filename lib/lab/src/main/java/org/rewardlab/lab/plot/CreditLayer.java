package org.rewardlab.lab.plot;

import java.util.List;

/**
 * What one method says of an episode.
 *
 * @param method its name
 * @param credit one number for each part
 * @param scale of its colours
 */
record CreditLayer(String method, List<Double> credit, CreditScale scale) {}
