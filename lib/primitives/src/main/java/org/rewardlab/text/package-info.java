/**
 * Measures of text: what is said again, what is shared. Token ids or vectors in, numbers out; no model and no tokenizer.
 *
 * <table>
 * <caption>What is inside</caption>
 * <tr><th>class</th><th>does</th></tr>
 * <tr><td>{@link org.rewardlab.text.SubSentences}</td><td>cuts sentences into pieces that can be judged one by
 *     one</td></tr>
 * <tr><td>{@link org.rewardlab.text.JaccardRepetition}</td><td>compares words with what was said before</td></tr>
 * <tr><td>{@link org.rewardlab.text.SemanticRepetition}</td><td>compares vectors with those of what was said
 *     before</td></tr>
 * <tr><td>{@link org.rewardlab.text.RepetitionMatch}</td><td>is what both find</td></tr>
 * </table>
 */
@NullMarked
package org.rewardlab.text;

import org.jspecify.annotations.NullMarked;
