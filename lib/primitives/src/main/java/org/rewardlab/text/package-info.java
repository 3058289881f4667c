/**
 * Measures of text: what is said again, what is shared. Token ids or vectors in, numbers out; no model and no tokenizer.
 *
 * <p>{@link org.rewardlab.text.SubSentences} cuts sentences into pieces that can be judged one by one.
 * <p>{@link org.rewardlab.text.JaccardRepetition} compares words, {@link org.rewardlab.text.SemanticRepetition} compares vectors;
 * both give a {@link org.rewardlab.text.RepetitionMatch}.
 */
@NullMarked
package org.rewardlab.text;

import org.jspecify.annotations.NullMarked;
