package org.rewardlab.kernel.page;

/** A heading of the page: its level from 1 to 6, its text, and the id one can link to. */
record Heading(int level, String text, String id) {}
