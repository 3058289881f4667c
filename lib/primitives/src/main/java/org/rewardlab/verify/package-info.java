/**
 * What a model's output says: formats and verdicts parsed from it, answers compared. Text in, records and numbers out.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><th>class</th><th>reads</th></tr>
 * <tr><td>{@link org.rewardlab.verify.TagFormat}</td><td>whether a response has its parts in the tags asked
 *     for</td></tr>
 * <tr><td>{@link org.rewardlab.verify.ThinkBlock}</td><td>what a response thinks, and what it says aloud</td></tr>
 * <tr><td>{@link org.rewardlab.verify.ExactMatch}</td><td>whether an answer is the one expected, up to what does
 *     not matter</td></tr>
 * </table>
 */
@NullMarked
package org.rewardlab.verify;

import org.jspecify.annotations.NullMarked;
