package org.rewardlab.kernel.page;

/**
 * A heading of the page.
 *
 * @param level from 1 to 6
 * @param text its text, formulas as their source, escaped for HTML
 * @param html the same with formulas set, without links
 * @param id what one can link to
 */
record Heading(int level, String text, String html, String id) {}
