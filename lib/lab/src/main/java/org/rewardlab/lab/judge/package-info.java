/**
 * Judges and verifiers: SQL executed, tool calls compared, code run in a process of its own, mathematics compared, and
 * language models that grade.
 *
 * <p>What a judge or a model says is data: it is parsed strictly, what cannot be parsed is no verdict, and nothing of it is run with
 * more rights than it needs.
 *
 * <table>
 * <caption>Verifiers, which need no model</caption>
 * <tr><th>class</th><th>accepts</th></tr>
 * <tr><td>{@link org.rewardlab.lab.judge.SqlReward}</td><td>a query that gives what the right one gives, on SQLite or H2, read-only and with a deadline</td></tr>
 * <tr><td>{@link org.rewardlab.lab.judge.FunctionCallMatch}</td><td>the right tool calls, several values of an argument being right</td></tr>
 * <tr><td>{@link org.rewardlab.lab.judge.CodeRunner}</td><td>code that passes its tests, in a child process with bounds on time, memory and output</td></tr>
 * </table>
 *
 * <p>{@link org.rewardlab.lab.judge.math.MathVerifier} compares answers as mathematics.
 *
 * <table>
 * <caption>Judges, which ask one</caption>
 * <tr><th>class</th><th>is</th></tr>
 * <tr><td>{@link org.rewardlab.lab.judge.LlmJudge}</td><td>grades alone, in pairs in both orders, by a rubric, or in a ranking</td></tr>
 * <tr><td>{@link org.rewardlab.lab.judge.OpenAiClient}</td><td>a model behind any endpoint that speaks OpenAI's protocol: retries, rate limit, a cache on disk, a budget</td></tr>
 * <tr><td>{@link org.rewardlab.lab.judge.LocalChat}</td><td>a model of this process behind the same interface</td></tr>
 * </table>
 */
@NullMarked
package org.rewardlab.lab.judge;

import org.jspecify.annotations.NullMarked;
