/**
 * Measures of text: what is said again, what is shared. Token ids or vectors in, numbers out; no model and no tokenizer.
 *
 * <p>{@link org.rewardlab.text.SubSentences} cuts sentences into pieces that can be judged one by one.
 */
@NullMarked
package org.rewardlab.text;

import org.jspecify.annotations.NullMarked;
