/**
 * Judges and verifiers: SQL executed, tool calls compared, code run in a process of its own, and language models that grade.
 *
 * <p>What a judge says is data: it is parsed strictly, and what cannot be parsed is no verdict.
 */
@NullMarked
package org.rewardlab.lab.judge;

import org.jspecify.annotations.NullMarked;
