package org.rewardlab.lab.model;

import java.io.Serializable;

/** Text to token ids and back. Two ids have a meaning of their own: {@link #padId()} and {@link #endId()}. */
public interface Tokenizer extends Serializable {

    /** The ids of a text, without beginning or end token. */
    int[] encode(String text);

    /** The text of ids; pad and end tokens are left out. */
    String decode(int[] ids);

    /** How many tokens there are. */
    int size();

    /** The id that fills up rows. */
    int padId();

    /** The id that ends a completion. */
    int endId();

    /** What one token looks like, for people. */
    default String show(int id) {
        if (id == endId()) {
            return "<end>";
        }
        return id == padId() ? "<pad>" : decode(new int[] {id});
    }
}
