package org.rewardlab.kernel.assist;

/**
 * One way to complete a piece of code.
 *
 * @param text what stands there then
 * @param kind what it is, in Jupyter's words: function, class, instance, keyword, magic, path
 * @param signature what follows, where that is known
 */
public record Completion(String text, String kind, String signature) {}
