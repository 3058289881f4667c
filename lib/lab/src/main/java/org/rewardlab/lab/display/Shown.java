package org.rewardlab.lab.display;

/** Something that is on display and can be replaced in place. */
@FunctionalInterface
public interface Shown {
    /** Puts new content where the old one stands. A display that can't do so may drop it or write it below. */
    void update(Object content);
}
