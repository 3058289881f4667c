/**
 * Choosing by reward, with the policy left as it is: which response, which token, which pair, which prompts.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><th>class</th><th>takes</th></tr>
 * <tr><td>{@link org.rewardlab.select.BestAndWorst}</td><td>the best candidate against the worst, as a preference pair</td></tr>
 * <tr><td>{@link org.rewardlab.select.ValueAugmentedSampling}</td><td>the next token by the model's logits plus the value of
 *     where it leads</td></tr>
 * <tr><td>{@link org.rewardlab.select.ResponseSelection}</td><td>the next turn, from candidates and what speaks for them</td></tr>
 * <tr><td>{@link org.rewardlab.select.AccuracyFilter}</td><td>the prompts that teach: neither too easy nor too hard</td></tr>
 * </table>
 */
@NullMarked
package org.rewardlab.select;

import org.jspecify.annotations.NullMarked;
