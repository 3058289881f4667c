package org.rewardlab.lab.data;

/** What a row of a file came to: a pair, or a reason why it is of no use. */
sealed interface ParsedRow {

    /** A row that is a pair. */
    record Kept(PreferencePair pair) implements ParsedRow {}

    /** A row that is well formed but teaches nothing. */
    record Dropped(String reason) implements ParsedRow {}
}
