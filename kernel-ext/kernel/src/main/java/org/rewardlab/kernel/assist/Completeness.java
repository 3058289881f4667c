package org.rewardlab.kernel.assist;

/**
 * Whether code can run as it stands.
 *
 * @param status {@code complete}, {@code incomplete}, {@code invalid} or {@code unknown}
 * @param indent what the next line begins with, where code is incomplete
 */
public record Completeness(String status, String indent) {}
